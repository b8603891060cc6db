"""Announcements of our own with what pages of each language put around them; `sr` is Serbian in Cyrillic.

For each language: a headline, paragraphs that must stay whole (each begins as furniture does), and lines that must go,
two or three of every group.
"""

from dataclasses import dataclass

# What lines of a group may be called in `documents.removals`.
GROUPS = {
    "share": {"share_widget"},
    "print_back_top": {"share_widget", "navigation"},
    "navigation": {"navigation"},
    "date": {"date_line", "empty_label"},
    "credit": {"caption", "byline"},
    "read_more": {"related_items", "navigation", "project_link"},
    "tags": {"furniture"},
    "source": {"agency_credit"},
    "subscribe": {"furniture"},
    "cookies": {"furniture"},
    "contact": {"contact_block"},
    "related": {"related_items"},
    "comments": {"furniture"},
}
# Where a page has them: above its text, or below it.
ABOVE = ("cookies", "navigation", "date", "credit", "share")


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        title: Its headline.
        stays: Paragraphs of its text.
        goes: Lines around it, by group.
    """

    title: str
    stays: tuple[str, ...]
    goes: dict[str, tuple[str, ...]]


PAGES = {
    "en": Page(
        "Andorra and Iceland sign a protocol on returns",
        (
            "Sharing this burden fairly was the first wish of the ministers who met in Vaduz on Tuesday morning.",
            "Source and transit countries will print travel documents together, the head of the agency told the press.",
            "More information on arrivals is exchanged every week, and the contact points of both sides are known.",
            "Comments by the parliament were taken into account before the minister signed the readmission protocol.",
        ),
        {
            "share": ("Share this article", "Share on Facebook", "Copy link"),
            "print_back_top": ("Print this page", "Back to top", "Back to news"),
            "navigation": ("Skip to main content", "You are here: Home > News", "Main menu"),
            "date": ("Published on:", "Posted on 3 March 2026"),
            "credit": ("Photo: Ministry of the Interior", "Written by Jan Jansen"),
            "read_more": ("Read more", "Show more"),
            "tags": ("Tags: returns, readmission", "Filed under: Migration"),
            "source": ("Source: Ministry of the Interior", "ENDS"),
            "subscribe": ("Subscribe to our newsletter", "Sign up for e-mail alerts"),
            "cookies": ("We use cookies to improve your visit.", "Accept all cookies"),
            "contact": ("Press contact: Ana Anić", "For media enquiries"),
            "related": ("Related articles", "You may also like"),
            "comments": ("Leave a comment", "No comments yet", "Comments (12)"),
        },
    ),
    "de": Page(
        "Andorra und Island unterzeichnen Protokoll zur Rückübernahme",
        (
            "Quellen im Ministerium bestätigten am Dienstag, dass beide Seiten das Protokoll unterzeichnet haben.",
            "Weitere Informationen über Ankünfte tauschen die Behörden beider Länder künftig jede Woche aus.",
            "Alle Rechte der rückgeführten Personen müssen gewahrt bleiben, sagte der Minister nach dem Treffen.",
            "Kontakt hielten die Grenzbehörden bisher nur über ihre Botschaften, nun gibt es eine gemeinsame Stelle.",
        ),
        {
            "share": ("Beitrag teilen", "Auf Facebook teilen", "Link kopieren"),
            "print_back_top": ("Seite drucken", "Nach oben", "Zurück zur Übersicht"),
            "navigation": ("Direkt zum Inhalt", "Sie sind hier: Startseite", "Hauptmenü"),
            "date": ("Veröffentlicht am:", "Veröffentlicht am 3. März 2026"),
            "credit": ("Foto: Innenministerium", "Verfasst von Jan Jansen"),
            "read_more": ("Weiterlesen", "Mehr lesen", "Mehr erfahren"),
            "tags": ("Schlagwörter: Rückkehr, Rückübernahme", "Schlagworte: Rückkehr"),
            "source": ("Quelle: Innenministerium", "Quellen: APA, BMI"),
            "subscribe": ("Newsletter abonnieren", "Abonnieren Sie unseren Newsletter"),
            "cookies": ("Diese Website verwendet Cookies.", "Alle akzeptieren", "Cookie-Einstellungen"),
            "contact": ("Pressekontakt: Ana Anić", "Rückfragehinweis:"),
            "related": ("Ähnliche Artikel", "Das könnte Sie auch interessieren"),
            "comments": ("Kommentar schreiben", "Keine Kommentare", "Kommentare (12)"),
        },
    ),
    "nl": Page(
        "Andorra en IJsland tekenen protocol over terugkeer",
        (
            "Bronnen bij het ministerie bevestigden dinsdag in Vaduz dat beide landen het protocol hebben ondertekend.",
            "Meer informatie over aankomsten wisselen de diensten van beide landen voortaan elke week met elkaar uit.",
            "Alle rechten van de teruggekeerde personen blijven gewaarborgd, zei de minister na het overleg.",
            "Delen van de kosten van opvang blijft voor de ministers het eerste doel van het nieuwe protocol.",
        ),
        {
            "share": ("Deel dit artikel", "Delen via WhatsApp", "Kopieer link"),
            "print_back_top": ("Print deze pagina", "Naar boven", "Terug naar het overzicht"),
            "navigation": ("Ga naar inhoud", "U bent hier: Home", "Hoofdmenu"),
            "date": ("Gepubliceerd op:", "Gepubliceerd op 3 maart 2026"),
            "credit": ("Foto: Ministerie van Binnenlandse Zaken", "Geschreven door Jan Jansen"),
            "read_more": ("Lees meer", "Lees verder", "Toon meer"),
            "tags": ("Trefwoorden: terugkeer, overname", "Labels: terugkeer"),
            "source": ("Bron: Ministerie van Binnenlandse Zaken", "Bronnen: ANP, IND"),
            "subscribe": ("Abonneer u op onze nieuwsbrief", "Schrijf u in voor de nieuwsbrief"),
            "cookies": ("Deze website gebruikt cookies.", "Alles accepteren", "Cookie-instellingen"),
            "contact": ("Perscontact: Ana Anić", "Contactpersoon voor de pers"),
            "related": ("Lees ook", "Gerelateerde artikelen"),
            "comments": ("Laat een reactie achter", "Geen reacties", "Reacties (12)"),
        },
    ),
    "fr": Page(
        "Andorre et l’Islande signent un protocole sur les retours",
        (
            "Partager la charge de l’accueil reste le premier but des ministres qui se sont réunis mardi à Vaduz.",
            "Tous droits des personnes renvoyées doivent être respectés, a rappelé la ministre après la réunion.",
            "Imprimer ensemble les documents de voyage coûtera moins cher, selon le directeur de l’agence.",
            "Commentaires du parlement ont été pris en compte avant la signature du protocole de réadmission.",
        ),
        {
            "share": ("Partager cet article", "Partager sur Facebook", "Copier le lien"),
            "print_back_top": ("Imprimer cette page", "Haut de page", "Retour à la liste"),
            "navigation": ("Aller au contenu principal", "Vous êtes ici : Accueil", "Menu principal"),
            "date": ("Publié le :", "Publié le 3 mars 2026"),
            "credit": ("Crédit photo : ministère de l’Intérieur", "Rédigé par Jan Jansen"),
            "read_more": ("Lire la suite", "En savoir plus", "Afficher plus"),
            "tags": ("Mots-clés : retour, réadmission", "Étiquettes : retour"),
            "source": ("Source : ministère de l’Intérieur", "Sources : AFP"),
            "subscribe": ("Abonnez-vous à notre lettre d’information", "Inscrivez-vous à la newsletter"),
            "cookies": ("Ce site utilise des cookies.", "Tout accepter", "Gérer les cookies"),
            "contact": ("Contact presse : Ana Anić", "Contacts presse"),
            "related": ("À lire aussi", "Articles similaires"),
            "comments": ("Laisser un commentaire", "Aucun commentaire", "Commentaires (12)"),
        },
    ),
    "lt": Page(
        "Andora ir Islandija pasirašė grąžinimo protokolą",
        (
            "Šaltiniai ministerijoje antradienį Vaduce patvirtino, kad abi šalys protokolą pasirašė ir perdavė seimui.",
            "Visos teisės, kurias turi grąžinami asmenys, bus užtikrintos, po susitikimo žurnalistams sakė ministras.",
            "Papildoma informacija apie atvykstančius asmenis bus keičiamasi kas savaitę, sutarė šalių pareigūnai.",
            "Komentarai, kuriuos pateikė seimo komitetas, buvo įtraukti į protokolo tekstą prieš jį pasirašant Vaduce.",
        ),
        {
            "share": ("Dalintis", "Pasidalinti Facebook", "Kopijuoti nuorodą"),
            "print_back_top": ("Spausdinti", "Grįžti į viršų", "Grįžti atgal"),
            "navigation": ("Pereiti prie turinio", "Jūs esate čia: Titulinis", "Pagrindinis meniu"),
            "date": ("Paskelbta:", "Paskelbta 2026-03-03"),
            "credit": ("Nuotrauka: Vidaus reikalų ministerija", "Autorius: Jonas Jonaitis"),
            "read_more": ("Skaityti daugiau", "Plačiau", "Rodyti daugiau"),
            "tags": ("Raktažodžiai: grąžinimas, readmisija", "Žymos: grąžinimas"),
            "source": ("Šaltinis: BNS", "Šaltiniai: BNS, ELTA"),
            "subscribe": ("Prenumeruokite naujienlaiškį", "Užsiprenumeruokite naujienas"),
            "cookies": ("Ši svetainė naudoja slapukus.", "Sutinku su visais slapukais", "Slapukų nustatymai"),
            "contact": ("Kontaktai žiniasklaidai", "Kontaktinis asmuo: Ona Onaitė"),
            "related": ("Susijusios naujienos", "Taip pat skaitykite"),
            "comments": ("Palikti komentarą", "Komentarų nėra", "Komentarai (12)"),
        },
    ),
    "sh": Page(
        "Andora i Island potpisali protokol o readmisiji",
        (
            "Izvori u ministarstvu potvrdili su u utorak da su obje strane potpisale protokol o vraćanju osoba.",
            "Više informacija o dolascima razmjenjivat će se svake sedmice, dogovorili su ministri u Vaduzu.",
            "Sva prava vraćenih osoba moraju biti zaštićena, poručila je ministrica nakon sastanka s novinarima.",
            "Zabranjeno je prelaziti granicu izvan graničnih prijelaza, podsjetila je policija na sastanku u Vaduzu.",
        ),
        {
            "share": ("Podijelite ovu vijest", "Podijeli na Facebooku", "Kopiraj link"),
            "print_back_top": ("Odštampaj stranicu", "Na vrh", "Povratak na vijesti"),
            "navigation": ("Preskoči na sadržaj", "Vi ste ovdje: Početna", "Glavni meni"),
            "date": ("Objavljeno:", "Objavljeno 3. marta 2026."),
            "credit": ("Foto: Ministarstvo sigurnosti", "Piše: Ana Anić"),
            "read_more": ("Pročitajte više", "Opširnije", "Prikaži više"),
            "tags": ("Ključne riječi: povratak, readmisija", "Oznake: povratak", "Tagovi: povratak"),
            "source": ("Izvor: Fena", "Izvori: Fena, Srna"),
            "subscribe": ("Pretplatite se na naš bilten", "Prijavite se na newsletter"),
            "cookies": ("Ova stranica koristi kolačiće.", "Prihvati sve", "Postavke kolačića"),
            "contact": ("Kontakt za medije", "Kontakt osoba: Ana Anić"),
            "related": ("Povezane vijesti", "Pročitajte i"),
            "comments": ("Ostavite komentar", "Nema komentara", "Komentari (12)"),
        },
    ),
    "sr": Page(
        "Андора и Исланд потписали протокол о реадмисији",
        (
            "Извори у министарству потврдили су у уторак у Вадузу да су обе стране потписале протокол о враћању лица.",
            "Више информација о доласцима размењиваће се сваке недеље, договорили су министри обе земље у Вадузу.",
            "Сва права враћених лица морају бити заштићена, поручила је министарка после састанка с новинарима.",
            "Забрањено је прелазити границу изван граничних прелаза, подсетила је полиција на састанку у Вадузу.",
        ),
        {
            "share": ("Поделите ову вест", "Подели на Фејсбуку", "Копирај линк"),
            "print_back_top": ("Одштампај страницу", "На врх", "Повратак на вести"),
            "navigation": ("Прескочи на садржај", "Ви сте овде: Почетна", "Главни мени"),
            "date": ("Објављено:", "Објављено 3. марта 2026."),
            "credit": ("Фото: Министарство унутрашњих послова", "Пише: Ана Анић"),
            "read_more": ("Прочитајте више", "Опширније", "Прикажи више"),
            "tags": ("Кључне речи: повратак, реадмисија", "Ознаке: повратак", "Тагови: повратак"),
            "source": ("Извор: Танјуг", "Извори: Танјуг, Фена"),
            "subscribe": ("Претплатите се на наш билтен", "Пријавите се на newsletter"),
            "cookies": ("Овај сајт користи колачиће.", "Прихвати све", "Подешавања колачића"),
            "contact": ("Контакт за медије", "Контакт особа: Ана Анић"),
            "related": ("Повезане вести", "Прочитајте и"),
            "comments": ("Оставите коментар", "Нема коментара", "Коментари (12)"),
        },
    ),
    "mk": Page(
        "Андора и Исланд потпишаа протокол за реадмисија",
        (
            "Извори од министерството потврдија во вторник дека двете земји го потпишале протоколот за враќање.",
            "Сите права на вратените лица мора да бидат заштитени, изјави министерката по средбата со новинарите.",
            "Забрането е преминување на границата надвор од граничните премини, потсети полицијата во Вадуз.",
            "Коментарите на собранието беа земени предвид пред министрите да го потпишат протоколот за реадмисија.",
        ),
        {
            "share": ("Споделете ја веста", "Сподели на Фејсбук", "Копирај линк"),
            "print_back_top": ("Испечати", "Кон врвот", "Назад кон вестите"),
            "navigation": ("Премини на содржина", "Вие сте тука: Почетна", "Главно мени"),
            "date": ("Објавено на:", "Објавено на 3 март 2026"),
            "credit": ("Фото: Министерство за внатрешни работи", "Пишува: Ана Анева"),
            "read_more": ("Прочитај повеќе", "Повеќе", "Прикажи повеќе"),
            "tags": ("Клучни зборови: враќање, реадмисија", "Ознаки: враќање", "Тагови: враќање"),
            "source": ("Извор: МИА", "Извори: МИА, МВР"),
            "subscribe": ("Претплатете се на билтенот", "Пријавете се за нашиот билтен"),
            "cookies": ("Оваа страница користи колачиња.", "Прифати ги сите", "Поставки за колачиња"),
            "contact": ("Контакт за медиуми", "Контакт лице: Ана Анева"),
            "related": ("Поврзани вести", "Прочитајте и"),
            "comments": ("Оставете коментар", "Нема коментари", "Коментари (12)"),
        },
    ),
    "sl": Page(
        "Andora in Islandija podpisali protokol o vračanju",
        (
            "Viri na ministrstvu so v torek v Vaduzu potrdili, da sta obe državi podpisali protokol o vračanju oseb.",
            "Več informacij o prihodih si bosta državi izmenjali vsak teden, sta se dogovorila ministra v Vaduzu.",
            "Vse pravice vrnjenih oseb morajo biti zavarovane, je po srečanju z novinarji poudarila ministrica.",
            "Komentarji odbora državnega zbora so bili upoštevani, preden sta ministra podpisala protokol o vračanju.",
        ),
        {
            "share": ("Delite novico", "Deli na Facebooku", "Kopiraj povezavo"),
            "print_back_top": ("Natisni stran", "Na vrh", "Nazaj na novice"),
            "navigation": ("Preskoči na vsebino", "Nahajate se tukaj: Domov", "Glavni meni"),
            "date": ("Objavljeno:", "Objavljeno 3. marca 2026"),
            "credit": ("Foto: Ministrstvo za notranje zadeve", "Avtorica: Ana Anić"),
            "read_more": ("Preberite več", "Več", "Prikaži več"),
            "tags": ("Ključne besede: vračanje, readmisija", "Oznake: vračanje"),
            "source": ("Vir: STA", "Viri: STA, MNZ"),
            "subscribe": ("Naročite se na e-novice", "Prijavite se na e-novice"),
            "cookies": ("Ta stran uporablja piškotke.", "Sprejmi vse", "Nastavitve piškotkov"),
            "contact": ("Kontaktna oseba: Ana Anić", "Stik za medije"),
            "related": ("Povezane novice", "Preberite tudi"),
            "comments": ("Oddaj komentar", "Ni komentarjev", "Komentarji (12)"),
        },
    ),
    "sq": Page(
        "Andorra dhe Islanda nënshkruan protokollin për kthimin",
        (
            "Burime nga ministria konfirmuan të martën se të dy vendet e kanë nënshkruar protokollin për kthimin.",
            "Të gjitha të drejtat e personave të kthyer duhet të mbrohen, tha ministrja pas takimit me gazetarët.",
            "Ndalohet kalimi i kufirit jashtë pikave të kalimit kufitar, kujtoi policia në takimin e mbajtur në Vaduz.",
            "Komentet e parlamentit u morën parasysh para se ministrat ta nënshkruanin protokollin e ripranimit.",
        ),
        {
            "share": ("Shpërndaje këtë lajm", "Shpërndaje në Facebook", "Kopjo linkun"),
            "print_back_top": ("Printo", "Në krye të faqes", "Kthehu te lajmet"),
            "navigation": ("Kalo te përmbajtja", "Ju jeni këtu: Ballina", "Menyja kryesore"),
            "date": ("Publikuar më:", "Publikuar më 3 mars 2026"),
            "credit": ("Foto: Ministria e Brendshme", "Shkruar nga Arta Hoxha"),
            "read_more": ("Lexo më shumë", "Më shumë", "Shfaq më shumë"),
            "tags": ("Fjalë kyçe: kthimi, ripranimi", "Etiketa: kthimi"),
            "source": ("Burimi: ATSH", "Burimet: ATSH, KosovaPress"),
            "subscribe": ("Abonohu në buletinin tonë", "Regjistrohu për buletinin"),
            "cookies": ("Kjo faqe përdor cookies.", "Prano të gjitha", "Cilësimet e cookies"),
            "contact": ("Kontakt për mediat", "Personi i kontaktit: Arta Hoxha"),
            "related": ("Lajme të ngjashme", "Lexo edhe"),
            "comments": ("Lini një koment", "Nuk ka komente", "Komente (12)"),
        },
    ),
}

"""Labellers beside the rules: a spaCy model trained here, and a stub of a language model on loopback that lies."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from tasks.extract.labellers.chosen import Choice, identity, load_labellers
from tasks.extract.labellers.language_model import FAILURES_ALLOWED, LanguageModel
from tasks.extract.labellers.protocol import Proposals, ProposedMention
from tasks.extract.rows import tables
from tasks.extract.step import annotate
from warehouse.errors import ConfigurationError

TEXT = (
    "Officials of Bosnia and Herzegovina and Montenegro met in Trebinje on 1 July 2025 on readmission. "
    "The Danube Care Circle runs the shelter. Spokesman Dragan Testić thanked the neighbours."
)


class Said:
    """A labeller that proposes what it is told."""

    name = "test:said"
    kinds = frozenset({"organisation", "person", "place", "quantity"})
    proposes_claims = False

    def __init__(self, *mentions):
        self._mentions = mentions

    def annotate(self, document):
        return Proposals(self._mentions)


class Stub:
    """An OpenAI-compatible endpoint that gives one answer after the other and notes what it was asked."""

    def __init__(self):
        self.replies, self.asked = [], []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stub.asked.append(SimpleNamespace(path=self.path, headers=self.headers, body=json.loads(body)))
                status, reply = stub.replies.pop(0) if len(stub.replies) > 1 else stub.replies[0]
                if reply is None:
                    stub.released.wait(20)
                    return
                self.send_response(status)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_):
                """Say nothing."""

        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


def completion(mentions=(), events=()):
    content = json.dumps({"mentions": list(mentions), "events": list(events)})
    return 200, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def event(**changed):
    return {
        "type": "agreement_signed", "status": "occurred", "quote": "Spokesman Dragan Testić thanked the neighbours.",
        "trigger": "thanked", "date": None, "place": None, "arguments": [],
    } | changed  # fmt: skip


@pytest.fixture
def stub():
    server = Stub()
    yield server
    server.close()


@pytest.fixture
def model(stub, tmp_path):
    return LanguageModel("stub-1", stub.url, tmp_path / "labels", SecretStr("secret-key"), timeout_seconds=5)


@pytest.fixture
def read(make, knowledge):
    document = make(TEXT)

    def run(*labellers):
        found = annotate(document, knowledge, labellers)
        # What leaves the stage passes its own check of every span.
        made = tables([(document, found)], "rul")
        return SimpleNamespace(found=found, tables=made, document=document)

    return run


def reasons(result):
    return [(reject.kind, reject.reason) for reject in result.found.rejects if reject.rule_id.startswith("labeller.")]


def test_without_labellers_nobody_votes(read):
    assert read().found.votes == ()


def test_what_the_rules_did_not_find_becomes_a_candidate_of_low_confidence(read):
    plain = {mention.mention_id for mention in read().found.mentions}
    result = read(Said(ProposedMention("organisation", "Danube Care Circle", score=0.9)))
    added = [mention for mention in result.found.mentions if mention.mention_id not in plain]
    if added:  # the rules may one day find it themselves; then it is a vote
        assert [(m.text, m.kind, m.rule_id) for m in added] == [
            ("Danube Care Circle", "organisation", "labeller.test:said")
        ]
        assert added[0].confidence <= 0.5
    votes = [vote for vote in result.found.votes if vote.labeller == "test:said" and vote.found]
    assert [(vote.alignment, vote.score) for vote in votes] == [("exact", 0.9)]


def test_a_proposal_that_meets_a_finding_votes_for_it_and_changes_nothing(read):
    plain, result = read(), read(Said(ProposedMention("place", "Trebinje"), ProposedMention("place", "montenegro")))
    assert result.found.mentions == plain.found.mentions
    assert result.found.claims == plain.found.claims
    by_id = {mention.mention_id: mention.text for mention in plain.found.mentions}
    votes = [
        (by_id[vote.target_id], vote.alignment)
        for vote in result.found.votes
        if vote.labeller == "test:said" and vote.found
    ]
    assert sorted(votes) == [("Montenegro", "folded"), ("Trebinje", "exact")]


def test_every_finding_a_labeller_could_have_proposed_has_its_vote(read):
    result = read(Said())
    mine = {vote.target_id: vote.found for vote in result.found.votes if vote.labeller == "test:said"}
    could = {m.mention_id for m in result.found.mentions if m.kind in Said.kinds | {"territory", "region"}}
    assert set(mine) == could
    assert not any(mine.values())
    assert all(vote.found for vote in result.found.votes if vote.labeller == "rules")


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("organisation", "Ministry of Magic", "not_in_text"),
        ("person", "Danube Care", "no_public_role"),
        ("quantity", "shelter", "value_not_read"),
        ("organisation", "shelter. Spokesman", "crosses_sentences"),
        ("organisation", "Trebinje on", "other_kind"),
    ],
)
def test_what_cannot_be_believed_is_refused_with_its_reason(read, kind, text, reason):
    result = read(Said(ProposedMention(kind, text)))
    assert reasons(result) == [(kind, reason)]
    row = next(row for row in result.tables["rejects"].to_pylist() if row["reason"] == reason)
    assert row["proposed"] == text
    assert (row["start"] is None) == (reason == "not_in_text")


def test_a_language_model_adds_a_claim_with_its_evidence(read, stub, model):
    stub.replies = [completion(
        [{"kind": "organisation", "text": "Danube Care Circle"}],
        [event(
            type="opening", quote="The Danube Care Circle runs the shelter.", trigger="runs",
            arguments=[{"role": "participant", "text": "Danube Care Circle"}, {"role": "host", "text": "the shelter"}],
        )],
    )]  # fmt: skip
    result = read(model)
    claim = next(claim for claim in result.found.claims if claim.rule_id == "labeller.llm:stub-1")
    assert result.document.text[claim.start : claim.end] == "The Danube Care Circle runs the shelter."
    assert [(argument.role, argument.mention.text) for argument in claim.arguments] == [
        ("participant", "Danube Care Circle")
    ]
    votes = {vote.labeller: vote.found for vote in result.found.votes if vote.target_id == claim.claim_id}
    assert votes == {"rules": False, "llm:stub-1": True}
    asked = stub.asked[0]
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == "Bearer secret-key"
    assert asked.body["response_format"]["json_schema"]["strict"] is True
    assert asked.body["messages"][1] == {"role": "user", "content": result.document.text}


def test_a_claim_the_rules_tell_as_well_is_voted_for(read, stub, model):
    quote = "Officials of Bosnia and Herzegovina and Montenegro met in Trebinje on 1 July 2025 on readmission."
    stub.replies = [completion((), [event(type="meeting", quote=quote, trigger="met")])]
    result = read(model)
    meeting = next(claim for claim in result.found.claims if claim.claim_type == "meeting")
    votes = {vote.labeller: vote.found for vote in result.found.votes if vote.target_id == meeting.claim_id}
    assert votes == {"rules": True, "llm:stub-1": True}
    assert [claim.claim_id for claim in result.found.claims] == [claim.claim_id for claim in read().found.claims]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"quote": "Spokesman Dragan Testić thanked 400 neighbours of the shelter today."}, "not_in_text"),
        ({"trigger": "signed"}, "not_in_text"),
        ({}, "no_argument"),
        ({"arguments": [{"role": "signatory", "text": "Montenegro"}]}, "no_argument"),
    ],
)
def test_a_model_that_lies_is_refused(read, stub, model, changed, reason):
    stub.replies = [completion((), [event(**changed)])]
    result = read(model)
    assert reasons(result) == [("agreement_signed", reason)]
    assert [claim.claim_id for claim in result.found.claims] == [claim.claim_id for claim in read().found.claims]


def test_what_is_dated_after_the_document_has_not_happened(make, knowledge, stub, model):
    text = "Montenegro opens the Danube Care Circle on 4 August 2025."
    stub.replies = [completion((), [event(
        type="statement", quote=text, trigger="opens", date="4 August 2025",
        arguments=[{"role": "speaker", "text": "Montenegro"}],
    )])]  # fmt: skip
    found = annotate(make(text), knowledge, [model])
    claim = next(claim for claim in found.claims if claim.rule_id == "labeller.llm:stub-1")
    assert (claim.status, claim.date_start.isoformat()) == ("planned", "2025-08-04")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((200, b"{"), "broken_answer"),
        ((200, b"[]"), "broken_answer"),
        ((200, json.dumps({"choices": [{"message": {"content": "Sure! Here is JSON"}}]}).encode()), "broken_answer"),
        (completion([{"kind": "wizard", "text": "Merlin"}]), "broken_answer"),
        (completion((), [event(quote="x" * 3000)]), "broken_answer"),
        ((200, b" " * 2_100_000), "broken_answer"),
        ((500, b"down"), "refused"),
        ((200, None), "timed_out"),
    ],
)  # fmt: skip
def test_a_model_that_fails_has_no_vote_and_the_document_goes_on(read, stub, tmp_path, reply, reason):
    stub.replies = [reply]
    model = LanguageModel("stub-1", stub.url, tmp_path, timeout_seconds=0.5)
    result = read(model)
    assert reasons(result) == [("document", reason)]
    assert result.found.votes == ()
    assert result.found.claims == read().found.claims
    assert list(tmp_path.rglob("*.json")) == []


def test_an_endpoint_that_is_down_is_left_alone(make, knowledge, tmp_path):
    # Port 1 of loopback: nobody listens.
    model = LanguageModel("stub-1", "http://127.0.0.1:1/v1", tmp_path, timeout_seconds=5)
    found = [annotate(make(TEXT, doc_id=f"doc_{n}"), knowledge, [model]) for n in range(FAILURES_ALLOWED + 1)]
    said = [reject.reason for annotations in found for reject in annotations.rejects if reject.kind == "document"]
    assert said == ["not_reached"] * FAILURES_ALLOWED + ["left_alone"]


def test_an_answer_is_kept_and_not_asked_for_again(read, stub, model):
    stub.replies = [completion([{"kind": "organisation", "text": "Danube Care Circle"}]), (500, b"")]
    first, again = read(model), read(LanguageModel(model.model, model.base_url, model.cache))
    assert len(stub.asked) == 1
    assert first.found == again.found


def test_the_key_stands_nowhere(model):
    assert "secret-key" not in repr(model)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    """A pipeline trained on six sentences: enough to find the words it has seen."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(7)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    lines = [
        ("The Danube Care Circle runs the shelter.", [("Danube Care Circle", "ORG")]),
        ("The Danube Care Circle met in Trebinje.", [("Danube Care Circle", "ORG"), ("Trebinje", "GPE")]),
        ("Officials met in Trebinje on Monday.", [("Trebinje", "GPE")]),
        ("Officials of Montenegro met in Trebinje.", [("Montenegro", "GPE"), ("Trebinje", "GPE")]),
        ("The Danube Care Circle thanked the neighbours.", [("Danube Care Circle", "ORG")]),
        ("Spokesman Dragan Testić thanked Montenegro.", [("Dragan Testić", "PERSON"), ("Montenegro", "GPE")]),
    ]
    examples = [
        Example.from_dict(
            nlp.make_doc(text),
            {"entities": [(text.index(name), text.index(name) + len(name), label) for name, label in entities]},
        )
        for text, entities in lines
    ]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(25):
        nlp.update(examples, sgd=optimizer)
    directory = tmp_path_factory.mktemp("pipelines") / "six_sentences"
    nlp.to_disk(directory)
    return directory


def test_a_spacy_pipeline_votes_and_proposes(read, pipeline, tmp_path):
    choice = Choice((f"spacy:{pipeline}",))
    (labeller,) = load_labellers(choice, tmp_path)
    assert (labeller.name, labeller.kinds) == ("spacy:six_sentences", {"organisation", "place", "person"})
    result = read(labeller)
    texts = {mention.mention_id: mention.text for mention in result.found.mentions}
    agreed = {texts[v.target_id] for v in result.found.votes if v.labeller == labeller.name and v.found}
    assert {"Danube Care Circle", "Trebinje"} <= agreed
    assert read(labeller).found == result.found


def test_a_model_counts_by_its_content(pipeline, tmp_path):
    choice = Choice((f"spacy:{pipeline}",))
    other = tmp_path / "six_sentences"
    other.mkdir()
    (other / "meta.json").write_text("{}")
    assert identity(choice) == identity(choice) != identity(Choice((f"spacy:{other}",)))
    assert identity(Choice()) == ""


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice(("bert:x",)), "bert:x"),
        (Choice(("spacy",)), "spacy"),
        (Choice(("llm:some",)), "COMMUNIQUE_LLM_BASE_URL"),
        (Choice(("spacy:no_such_pipeline",)), "no_such_pipeline"),
        (Choice(("gliner:/no/such/model",)), "/no/such/model"),
        (Choice(("llm:a", "llm:a"), "http://127.0.0.1:1"), "twice"),
    ],
)
def test_a_labeller_that_is_not_there_is_a_clear_error(choice, told):
    with pytest.raises(ConfigurationError, match=told):
        identity(choice)


def test_a_library_that_is_not_installed_is_a_clear_error(tmp_path):
    with pytest.raises(ConfigurationError, match=r"communique\[gliner\]"):
        load_labellers(Choice((f"gliner:{tmp_path}",)), tmp_path)

"""A language model beside the rules, through the extract stage, its gate and the command that compares them."""

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from expectations.entry import GateInputs, gate_staged
from flows.cli.app import app
from tasks.clean.entry import clean_batch
from tasks.extract.entry import extract_batch
from tasks.extract.labellers.chosen import Choice
from warehouse.storage import Store
from warehouse.tables import extracted

from .conftest import RUN_ID, SETTINGS, fetch_folder, passed

MEETING = "Officials of Albania and Montenegro met in Podgorica on 2 July 2025 to speak about readmission."
GIFT = "The Danube Care Circle handed the ministry 40 beds for the reception centre."
NEWS = f"Readmission talks in Podgorica\n\n3 July 2025\n\n{MEETING} {GIFT}\n"


@pytest.fixture
def endpoint():
    """A model that knows one event the rules tell, one they do not, and one that nobody tells."""
    events = [
        {"type": "meeting", "status": "occurred", "trigger": "met",
         "quote": MEETING,
         "date": "2 July 2025", "place": "Podgorica", "arguments": [{"role": "participant", "text": "Albania"}]},
        {"type": "deployment", "status": "occurred", "trigger": "handed",
         "quote": GIFT,
         "date": None, "place": None, "arguments": [{"role": "deployer", "text": "Danube Care Circle"}]},
        {"type": "agreement_signed", "status": "occurred", "trigger": "signed",
         "quote": "Albania signed a protocol with Serbia.", "date": None, "place": None, "arguments": []},
    ]  # fmt: skip
    mentions = [{"kind": "organisation", "text": "Danube Care Circle"}]
    content = json.dumps({"mentions": mentions, "events": events})
    reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_a_labelled_warehouse_passes_its_gate_and_tells_where_they_disagree(endpoint, tmp_path):
    folder, home = tmp_path / "news", tmp_path / "home"
    folder.mkdir()
    (folder / "talks.txt").write_text(NEWS, "utf-8")
    captures = fetch_folder(home, folder, date(2025, 7, 4))
    source = (captures[0].partition.source_id,)
    inputs = GateInputs(SETTINGS.quarantine_share, source, {"archive.captures": captures})
    cleaned = passed(gate_staged(home, RUN_ID, "clean", "clean", clean_batch(home, RUN_ID, captures), inputs)).accepted
    documents = [ref for ref in cleaned if ref.name == "documents"]
    staged = extract_batch(home, RUN_ID, documents, SETTINGS.reference_dir, Choice(("llm:stand-in",), endpoint))
    inputs = GateInputs(SETTINGS.quarantine_share, source, {"documents.documents": documents})
    verdict = passed(gate_staged(home, RUN_ID, "extract", "extract", staged, inputs))
    results = Store(home).read(verdict.results).to_pylist()
    # That an event rests on a model alone is warned of, and nothing else is.
    assert [row["rule"] for row in results if row["verdict"] != "passed"] == ["right_more_often_than_not"]
    claims = Store(home).read_all(extracted.CLAIMS).to_pylist()
    by_model = [row for row in claims if row["rule_id"].startswith("labeller.")]
    assert [(row["claim_type"], row["quote"]) for row in by_model] == [("deployment", GIFT)]
    shown = json.loads(CliRunner().invoke(app, ["labellers", "--home", str(home), "--json"]).stdout)
    counts = {row["kind"]: (row["both"], row["labeller_only"], row["refused"]) for row in shown["agreement"]}
    assert counts["meeting"] == (1, 0, 0)
    assert counts["deployment"] == (0, 1, 0)
    assert counts["agreement_signed"] == (0, 0, 1)
    shown = CliRunner().invoke(app, ["labellers", "--home", str(home), "--cases"]).stdout
    assert f"deployment, only llm:stand-in: {GIFT}" in shown


def test_without_labellers_the_command_says_so(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    assert "the rules work alone" in CliRunner().invoke(app, ["labellers", "--home", str(home)]).stdout

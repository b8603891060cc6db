from prefect import flow, task, get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.task_runners import ThreadPoolTaskRunner
import pytest, httpx, socket
@task(retries=1, timeout_seconds=30, tags=["a"])
def t(i): 
    get_run_logger().info("x"); return i
@flow
def sub(): return 1
@flow(task_runner=ThreadPoolTaskRunner(max_workers=2))
def f():
    create_markdown_artifact("# hi", key="hi"); create_table_artifact([{"a":1}], key="tab")
    sub()
    return [x.result() for x in t.map([1,2,3])]
def test_f(prefect_api):
    assert f()==[1,2,3]
def test_block():
    with pytest.raises(Exception) as e:
        httpx.get("http://192.0.2.1/", timeout=2, trust_env=False)
    print(repr(e.value))
    assert "192.0.2.1" in str(e.value)

"""Asks serve mcp with the official Python client. Ends with 1 at the first answer that is wrong."""

import asyncio
import contextlib
import os
import pathlib
import secrets
import subprocess
import sys
from decimal import Decimal

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "clients"))
from lake import HERE, SEEN, TOTALS, costlake, expected, free_port, listens, normal, of, wait_for  # noqa: E402

CONF = sys.argv[1]
PASSWORD = secrets.token_urlsafe()
TOOLS = {"tables", "query", "statement", "budgets", "incidents", "approvals", "explanation"}
OTHERS = {"ines": "platform", "otto": "search"}
ENDLESS = "select sum(a.id * b.id + c.id) from range(1000) a cross join range(100000) b cross join range(100000) c"


def row(values):
    """Returns a row of TOTALS; its last two columns are amounts."""
    assert all(isinstance(value, str) for value in values), f"an amount is not text: {values}"
    return normal([*values[:-2], *map(Decimal, values[-2:])])


async def told(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, f"{tool} {arguments}: {result.content}"
    return result.structured_content


async def refused(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    assert result.is_error, f"{tool} {arguments} was answered: {result.content}"
    text = result.content[0].text
    assert str(HERE) not in text and "Exception" not in text, text
    return text


def summed(step):
    """Checks that the parts of each step sum to it."""
    parts = [part for part in step.get("parts", []) if part["amount"] is not None]
    if parts:
        assert sum(Decimal(part["amount"]) for part in parts) == Decimal(step["amount"]), step
    for part in step.get("parts", []):
        summed(part)


async def reads(who, client, user, wanted):
    assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
    answer = await told(client, "query", sql=TOTALS, rows_max=1000)
    assert sorted(map(row, answer["rows"])) == sorted(of(SEEN[user], wanted)), f"{who} reads other totals"
    assert not answer["is_cut"]
    tables = {table["table"] for table in (await told(client, "tables"))["tables"]}
    assert {"reporting.statements", "governance.budget_status"} <= tables, tables
    statements = (await told(client, "statement"))["statements"]
    newest = max(line[0] for line in wanted)
    receivers = {line[1] for line in of(SEEN[user], wanted) if line[0] == newest}
    assert {statement["receiver_id"] for statement in statements} == receivers
    print(f"{who}: {len(answer['rows'])} rows and {len(receivers)} statements, the same to the last digit", flush=True)


async def explains(client, wanted):
    month, receiver, currency = next(line[:3] for line in sorted(wanted, reverse=True) if line[1] == "search")
    statement = await told(client, "statement", receiver="search", month=month[:7])
    totals = {total["billing_currency"]: Decimal(total["total_shown"]) for total in statement["statements"]}
    bridge = [line for line in statement["lines"] if line["breakdown"] == "bridge" and line["billing_currency"] == currency]
    assert sum(Decimal(line["cost_shown"]) for line in bridge) == totals[currency], bridge
    for line in (f"{month[:7]}/{receiver}/{currency}", bridge[0]["line_id"]):
        step = await told(client, "explanation", id=line)
        summed(step)
        printed = costlake("explain", "--conf", CONF, "--exact", line)
        assert step["label"] in printed, (step["label"], printed[:500])
        assert f"{Decimal(step['amount']).normalize():,f}" in printed, (step["amount"], printed[:500])
    print("Python client: explanations are those of costlake explain, and their parts sum up", flush=True)


async def refuses(client, user):
    for sql in ("drop table reporting.statements", "select 1; select 2", "select * from focus.cost_and_usage", "selec"):
        assert (await refused(client, "query", sql=sql)).startswith("Cannot "), sql
    await refused(client, "query", sql="select 1", team="platform")
    other = OTHERS[user]
    assert "no statement" in await refused(client, "statement", receiver=other)
    newest = (await told(client, "statement"))["statements"][0]
    hidden = f"{newest['billing_month'][:7]}/{other}/{newest['billing_currency']}"
    assert "Cannot find" in await refused(client, "explanation", id=hidden)
    cut = await told(client, "query", sql="select id from range(1000000000)", rows_max=3)
    assert cut["is_cut"] and cut["rows"] == [[0], [1], [2]], cut
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(client.call_tool("query", {"sql": ENDLESS}), 3)
        raise AssertionError("a query of years was answered")
    assert (await told(client, "query", sql="select 1 as one"))["rows"] == [[1]], "the cancelled query blocks its user"
    print(f"Python client as {user}: other teams, writing and unknown arguments are refused; a query is cancelled", flush=True)


@contextlib.asynccontextmanager
async def over_http(port, user, password=PASSWORD):
    sign_in = httpx2.BasicAuth(user, password)
    async with httpx2.AsyncClient(auth=sign_in, timeout=300) as http:
        async with Client(streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=http)) as client:
            yield client


async def as_each_over_http(port, wanted):
    for user in SEEN:
        async with over_http(port, user) as client:
            await reads(f"Python client as {user}", client, user, wanted)
            if user == "ines":
                await explains(client, wanted)
            if user in OTHERS:
                await refuses(client, user)
    try:
        async with over_http(port, "ines", "wrong"):
            raise AssertionError("a wrong password was accepted")
    except* Exception as errors:
        assert not errors.subgroup(AssertionError), errors


async def over_stdio(wanted):
    command = StdioServerParameters(
        command=str(HERE / "costlake"),
        args=["serve", "mcp", "--conf", CONF, "--stdio", "--user", "ines"],
        env={**os.environ, "COSTLAKE_PASSWORD": PASSWORD},
    )
    async with Client(command) as client:
        await reads("Python client over standard input", client, "ines", wanted)


def main():
    wanted = expected(CONF)
    pathlib.Path(CONF, "users").unlink(missing_ok=True)
    for user in SEEN:
        costlake("serve", "user", "--conf", CONF, "--stdin", user, text=PASSWORD + "\n")
    port = free_port()
    server = subprocess.Popen([HERE / "costlake", "serve", "mcp", "--conf", CONF, "--port", str(port), "--set", "serve.query_max_s=300"])
    try:
        wait_for("serve mcp", lambda: listens(port), server)
        asyncio.run(as_each_over_http(port, wanted))
    finally:
        server.terminate()
        server.wait(60)
    asyncio.run(over_stdio(wanted))


main()

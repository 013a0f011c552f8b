#!/usr/bin/python3
"""A worker to learn from: one request at a time; when anything goes wrong its process ends, for a supervisor to start anew.
    EXECUTOR__RABBITMQ=amqp://ex_worker_POOL:PASSWORD@HOST/executor ./small_worker.py POOL"""
import datetime, json, os, socket, sys, threading, time, uuid
import pika

ACTIONS = {
    "py.upper": lambda input: {"text": input["text"].upper()},
    "py.add": lambda input: {"sum": input["a"] + input["b"]},
    "py.sleep": lambda input: {"stopped": bool(time.sleep(input["seconds"]))},
}
ADDRESS, POOL, REPLIES = pika.URLParameters(os.environ["EXECUTOR__RABBITMQ"]), sys.argv[1], "amq.rabbitmq.reply-to"
NAME = f"{POOL}.{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"  # its rights want POOL. at the begin
requests, answers, lease = [], {}, {"until": float("inf")}


def utc_now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat()


def watch():  # whatever the connection does: no action runs beyond its lease, because somebody else may begin it then
    while not time.sleep(0.2):
        if time.monotonic() > lease["until"]:
            os._exit(70)


def act(request, outcome):
    sys.stderr.write(f"begins {request['id']}\n")
    try:
        action = ACTIONS[request["action"].lower()]  # of one pool all workers need the same actions
        outcome.update(status="completed", result=action(request["input"]), error=None, code=None)
        json.dumps(outcome, allow_nan=False)
    except Exception as failure:  # whatever an action does is an outcome
        error = f"There is no action {failure}" if "status" not in outcome and isinstance(failure, KeyError) else ascii(failure)
        outcome.update(status="failed", result={"succeeded": False, "error": error}, error=error, code="action.exception")


def publish(channel, exchange, key, type, body, **more):
    channel.basic_publish(exchange, key, json.dumps(body, ensure_ascii=False).encode(), pika.BasicProperties(
        type=type, content_type="application/json", user_id=ADDRESS.credentials.username, timestamp=int(time.time()),
        message_id=uuid.uuid4().hex, headers={"x-schema": 1}, **more), mandatory=True)


def ask(kind, call):  # until somebody answers: the same claim may be repeated as often as it takes
    while True:
        asked_at = time.monotonic()
        publish(channel, "executor.claims", "claim", "claim.calls.v1", {"claims": [], "renewals": [], kind: [call]},
                delivery_mode=1, correlation_id=repr(asked_at), expiration="5000", reply_to=REPLIES)
        while time.monotonic() < asked_at + 5:
            connection.process_data_events(time_limit=0.05)
            if repr(asked_at) in answers:
                return answers.pop(repr(asked_at))[kind][0], asked_at  # a lease counts from the question


def work(tag, request):
    call = {"id": request["id"], "worker": NAME, "claimId": uuid.uuid4().hex}
    claim, asked_at = ask("claims", {**call, "run": request["run"], "slot": request["slot"]})
    channel.basic_ack(tag)  # granted or refused: from now on the lease is all that counts
    if not claim["granted"]:
        return
    outcome, started, length = {}, utc_now(), claim["leaseSeconds"]
    lease["until"] = asked_at + length
    deadline, action = time.monotonic() + request["timeoutSeconds"], threading.Thread(target=act, args=(request, outcome), daemon=True)
    action.start()
    while action.is_alive():
        connection.process_data_events(time_limit=0.1)
        if time.monotonic() > deadline:
            os._exit(71)  # no thread can be stopped; the lease ends the attempt, and a task with a retry gets another
        if time.monotonic() > lease["until"] - length * 2 / 3:
            renewal, asked_at = ask("renewals", call)
            if not renewal["running"]:
                os._exit(72)  # cancelled, or given to somebody else
            lease["until"] = asked_at + length
    publish(results, "executor.results", "result", "task.result.v1", {
        "id": request["id"], "run": request["run"], "slot": request["slot"], "worker": NAME, "claimId": call["claimId"],
        "token": claim["token"], "startedAt": started, "endedAt": utc_now(), "outcome": outcome},
        delivery_mode=2, correlation_id=request["run"])  # returns when the broker has it for certain
    lease["until"] = float("inf")


connection = pika.BlockingConnection(ADDRESS)
channel, results = connection.channel(), connection.channel()
results.confirm_delivery()
channel.basic_qos(prefetch_count=1)
channel.basic_consume(REPLIES, lambda c, m, p, body: answers.update({p.correlation_id: json.loads(body)}), auto_ack=True)
channel.basic_consume(f"executor.tasks.{POOL}", lambda c, m, p, body: requests.append((m.delivery_tag, json.loads(body))))
threading.Thread(target=watch, daemon=True).start()
print(f"{NAME} takes {', '.join(ACTIONS)}", file=sys.stderr, flush=True)
while True:
    connection.process_data_events(time_limit=0.1)
    while requests:
        work(*requests.pop(0))

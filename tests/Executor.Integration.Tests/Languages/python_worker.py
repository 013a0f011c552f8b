#!/usr/bin/python3
"""A worker in Python, to be copied: apt-get install python3-pika, put your functions into ACTIONS, and start
    EXECUTOR__RABBITMQ=amqp://ex_worker_POOL:PASSWORD@HOST/executor ./python_worker.py POOL
What is sent and received stands in src/Executor.Messaging/asyncapi.yaml."""
import collections, datetime, json, os, signal, socket, struct, sys, threading, time, uuid
import pika

ACTIONS = {  # of one pool all workers need the same, in whatever language: a request goes to any of them
    "py.upper": lambda input, stop: {"text": input["text"].upper()},
    "py.add": lambda input, stop: {"sum": input["a"] + input["b"]},
    "py.sleep": lambda input, stop: {"stopped": stop.wait(input["seconds"])},  # what takes long looks at stop
}
ADDRESS, POOL = pika.URLParameters(os.environ["EXECUTOR__RABBITMQ"]), sys.argv[1]
NAME = f"{POOL}.{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"  # its rights want POOL. at the begin
PARALLEL, REPLIES, FLAGS = 4, "amq.rabbitmq.reply-to", {"timed_out": "timeout", "cancelled": "cancelled"}
attempts, cancelled, leaving = {}, collections.deque(maxlen=10_000), threading.Event()


def utc_now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat()


STARTED = utc_now()


def encode(value):
    body = json.dumps(value, allow_nan=False, ensure_ascii=False)
    json.loads(body, parse_int=lambda digits: struct.pack("q", int(digits)))  # 64 bits, or the executor refuses it all
    return body.encode()


class Attempt:
    """One request, from its arrival until the executor says that it has ended."""
    def __init__(self, request, trace):
        # The claim's id lives in memory only: after a restart this is another worker, which must not repeat the claim.
        self.request, self.id, self.claim_id = request, request["id"], uuid.uuid4().hex
        self.stop, self.thread, self.why, self.result = threading.Event(), None, None, None
        self.token, self.lease, self.held_since, self.deadline = None, 0, 0, float("inf")
        self.asked_at, self.confirmed, self.renewals, self.over = 0, False, 0, False
        self.trace = {"traceparent": trace} if trace else {}  # handed on, so that a trace does not end here

    def age(self):
        return time.monotonic() - self.held_since  # a wall clock that is set must not make a lease longer

    def end(self, why):
        self.why = self.why or why
        self.stop.set()

    def is_due(self, now):  # a claim after 5 s without an answer, a renewal after a third of the lease
        if self.over or now - self.asked_at < (self.lease / 12 if self.token else 5):
            return False
        disobeys = self.stop.is_set() and self.thread and not self.result  # it shall lose its lease
        return not self.token or (self.age() > self.lease / 3 and not disobeys)

    def run(self):  # in a thread of its own, because the one with the connection must never be kept
        sys.stderr.write(f"begins {self.id}\n")  # print makes two writes of it, and other threads come between
        request, started, result, error, code = self.request, utc_now(), None, None, None
        self.deadline = time.monotonic() + request["timeoutSeconds"]
        try:
            if request["action"].lower() not in ACTIONS:
                error, code = f"There is no action '{request['action']}'", "action.unknown"
            elif not self.stop.is_set():
                result = ACTIONS[request["action"].lower()](request["input"], self.stop)
                if len(encode(result)) > 1_000_000:
                    error, code = "The result is larger than a message can hold", "result.too-large"
        except Exception as failure:  # whatever an action does is an outcome
            error, code = ascii(failure)[:4096], "action.exception"
        why = self.why
        if why:
            error, code = f"The action was stopped: {why}", f"task.{why}"
        if error:
            result = {"succeeded": False, "error": error}
            result.update({flag: True for flag, cause in FLAGS.items() if cause == why})  # conditions ask for them
        status = why or ("failed" if error else "completed")
        self.result = {"id": self.id, "run": request["run"], "slot": request["slot"], "worker": NAME,
                       "claimId": self.claim_id, "token": self.token, "startedAt": started, "endedAt": utc_now(),
                       "outcome": {"status": status, "result": result, "error": error, "code": code}}


def watch():
    """Ends what may not go on, whatever the connection does meanwhile."""
    while not time.sleep(0.2):
        for one in [one for one in list(attempts.values()) if one.thread and one.thread.is_alive()]:
            if time.monotonic() > one.deadline:
                one.end("timeout")
            if one.age() > one.lease * 2 / 3:
                one.end("abandoned")
            if one.age() > one.lease:
                os._exit(70)  # no thread can be killed, and somebody else may begin the next attempt now


class Session:
    """One connection. What is in hand outlives it: claims and results go out over the next one."""
    def __init__(self):
        self.connection = pika.BlockingConnection(ADDRESS)
        self.channel, self.results = self.connection.channel(), self.connection.channel()
        self.results.confirm_delivery()  # from now on basic_publish returns when the broker has it for certain
        self.tags = {}  # of requests that are not acknowledged; they mean something on this channel only
        self.said_at = 0
        control = f"executor.control.{NAME}.{uuid.uuid4().hex[:8]}"
        self.channel.queue_declare(control, exclusive=True, auto_delete=True)  # all that a worker may declare
        for key in (f"worker.{NAME}", f"pool.{POOL}"):
            self.channel.queue_bind(control, "executor.control", key)
        self.channel.basic_qos(prefetch_count=PARALLEL)
        self.channel.basic_consume(REPLIES, self.on_answers, auto_ack=True)  # on the channel that asks, before it asks
        self.channel.basic_consume(control, self.on_cancel, auto_ack=True)
        self.channel.basic_consume(f"executor.tasks.{POOL}", self.on_request)

    def on_request(self, channel, method, properties, body):
        request = json.loads(body)
        self.tags[request["id"]] = method.delivery_tag
        trace = (properties.headers or {}).get("traceparent")
        if attempts.setdefault(request["id"], Attempt(request, trace)).token:
            self.acknowledge(request["id"])  # a second copy of what is ours already

    def on_cancel(self, channel, method, properties, body):
        cancelled.append(json.loads(body)["id"])  # kept, because it may come before its request
        if cancelled[-1] in attempts:
            attempts[cancelled[-1]].end("cancelled")

    def on_answers(self, channel, method, properties, body):
        answers, asked_at = json.loads(body), float(properties.correlation_id)  # a lease counts from the question
        for answer in answers["claims"]:
            one = attempts.get(answer["id"])
            if one and answer["granted"] and not one.token:
                one.token, one.lease, one.held_since = answer["token"], answer["leaseSeconds"], asked_at
            elif one and not answer["granted"]:
                if "code" in answer:  # more than being late: somebody should know
                    print(f"{answer['code']}: {one.id} may not be ours", file=sys.stderr, flush=True)
                del attempts[one.id]
            self.acknowledge(answer["id"])  # granted or refused it is done with: now, and never earlier
        for answer in answers["renewals"]:
            one = attempts.get(answer["id"])
            if one and answer["running"]:
                one.held_since, one.renewals = max(one.held_since, asked_at), one.renewals + one.confirmed
                one.confirmed = one.confirmed and one.renewals % 3 > 0  # the executor still lacks the result: again
            elif one:
                one.over = True  # nobody waits for a result any more
                one.end("abandoned")

    def acknowledge(self, id):
        if id in self.tags:
            self.channel.basic_ack(self.tags.pop(id))

    def publish(self, channel, exchange, key, type, body, mandatory=True, headers={}, **more):
        properties = pika.BasicProperties(
            type=type, content_type="application/json", user_id=ADDRESS.credentials.username,
            timestamp=int(time.time()), headers={"x-schema": 1, **headers}, **more)
        channel.basic_publish(exchange, key, encode(body), properties, mandatory)

    def beat(self, busy):  # for the list that people see; whoever leaves it out works as well
        self.said_at = time.monotonic()
        self.publish(self.channel, "executor.workers", "", "worker.beat.v1", {
            "worker": NAME, "pools": [POOL], "actions": list(ACTIONS), "capacity": PARALLEL, "running": busy,
            "version": "1", "host": socket.gethostname(), "startedAt": STARTED, "everySeconds": 5,
            "leaving": leaving.is_set()}, False, delivery_mode=1, message_id=uuid.uuid4().hex, expiration="5000")

    def work(self):
        self.connection.process_data_events(time_limit=0.02)
        now, claims, renewals = time.monotonic(), [], []
        busy = sum(1 for one in attempts.values() if one.asked_at and not one.result)
        free = PARALLEL - busy
        if now - self.said_at > 5:
            self.beat(busy)
        for one in list(attempts.values()):
            if one.over and not (one.thread and one.thread.is_alive()):
                del attempts[one.id]
            elif one.token and not one.thread and one.age() < one.lease / 2:  # with less in hand it is renewed first
                if one.id in cancelled:
                    one.end("cancelled")
                one.thread = threading.Thread(target=one.run, daemon=True)
                one.thread.start()
            elif one.result and not one.confirmed and not one.over:
                self.publish(self.results, "executor.results", "result", "task.result.v1", one.result, delivery_mode=2,
                             headers={"x-attempt": one.request["slot"]["attempt"], **one.trace},
                             message_id=one.id + ".result", correlation_id=one.request["run"])
                one.confirmed = True
            call = {"id": one.id, "worker": NAME, "claimId": one.claim_id}
            if one.token and one.is_due(now):
                renewals.append(call)
                one.asked_at = now
            elif not one.token and one.is_due(now) and (one.asked_at or (free > 0 and not leaving.is_set())):
                claims.append({**call, "run": one.request["run"], "slot": one.request["slot"]})
                free, one.asked_at = free - (not one.asked_at), now
        for at in range(0, max(len(claims), len(renewals)), 100):  # at most 200 in a message
            calls = {"claims": claims[at:at + 100], "renewals": renewals[at:at + 100]}
            self.publish(self.channel, "executor.claims", "claim", "claim.calls.v1", calls, delivery_mode=1,
                         message_id=uuid.uuid4().hex, correlation_id=repr(now), expiration="5000", reply_to=REPLIES)


def is_busy():
    return not leaving.is_set() or any(one.asked_at and not (one.confirmed or one.over) for one in attempts.values())


signal.signal(signal.SIGTERM, lambda *_: leaving.set())  # takes nothing more, and ends what it has
threading.Thread(target=watch, daemon=True).start()
while is_busy():
    session = None
    try:
        session = Session()
        print(f"{NAME} takes {', '.join(ACTIONS)}", file=sys.stderr, flush=True)
        while is_busy():
            session.work()
        session.beat(0)
    except (pika.exceptions.AMQPError, OSError) as lost:  # not there yet, cut off, or a result that was not confirmed
        print(f"again in a second: {lost!r}", file=sys.stderr, flush=True)
        time.sleep(1)
    finally:
        if session and session.connection.is_open:
            session.connection.close()

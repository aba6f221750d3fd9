import { describe, expect, it } from "vitest";
import { actionLabel, identities, identity } from "../../src/model/index.js";
import {
  inState,
  lower,
  oneOf,
  type ProtocolState,
  type ProtocolSystem,
  parseFaults,
  postpone,
  type Role,
  type RoleDefinition,
  rolesOver,
  type Signal,
  signal,
} from "../../src/protocol/index.js";
import { explore, successors } from "../support/reference.js";

const ASK = signal("ASK");
const ANSWER = signal("ANSWER");
type At = ReturnType<typeof inState<string>>;
const { role } = rolesOver<Signal<"ASK" | "ANSWER">>();

const a = identity("a");
const b = identity("b");
const [w1, w2] = [...identities("w", 2)] as const;

type Rules = Partial<RoleDefinition<At, At, Signal<"ASK" | "ANSWER">>>;
const one = (process: typeof a | typeof b, rules: Rules): Role =>
  role(`the-${process}`, {
    processes: [process],
    local: inState("idle"),
    stable: inState("nothing"),
    ...rules,
  });

function system(faults: string, ...roles: Role[]): ProtocolSystem {
  return lower(roles, parseFaults(faults, ["a", "b", "w1", "w2", "workers"]));
}

const labels = (sys: ProtocolSystem, s: ProtocolState) =>
  successors(sys, s).map(({ action, who }) => actionLabel(action, who, sys.config));

/** Takes the steps with these labels, one after the other. */
function reached(sys: ProtocolSystem, ...path: string[]): ProtocolState {
  return path.reduce((s, label) => {
    const step = successors(sys, s).find(
      ({ action, who }) => actionLabel(action, who, sys.config) === label,
    );
    if (!step) throw new Error(`no ${label}, only ${labels(sys, s).join("; ")}`);
    return step.next;
  }, sys.initial[0]!);
}

const asksOnce: Rules = {
  states: { idle: { start: (p) => p.become("waiting").awaiting(b).send(b, ASK) } },
};
const answers: Rules = { on: { ASK: (p, { from }) => p.send(from, ANSWER) } };

describe("messages", () => {
  it("are delivered once for each time that they are sent", () => {
    const sys = system(
      "",
      one(a, { states: { idle: { start: (p) => p.become("waiting").send(b, ASK).send(b, ASK) } } }),
      one(b, answers),
    );
    const receive = "receive(b, ASK from a)";
    const s = reached(sys, "start(a)", receive, receive);
    expect(s.mailboxes.getIn([b, a, ASK])).toBe(undefined);
    expect(s.mailboxes.getIn([a, b, ANSWER])).toBe(2);
  });

  it("are taken in any order", () => {
    const sys = system(
      "",
      one(a, { states: { idle: { start: (p) => p.become("done").send(b, ASK).send(b, ANSWER) } } }),
      one(b, {}),
    );
    expect(labels(sys, reached(sys, "start(a)"))).toEqual([
      "receive(b, ASK from a)",
      "receive(b, ANSWER from a)",
    ]);
  });

  it("stay where they are while they are postponed", () => {
    const sys = system(
      "",
      one(a, asksOnce),
      one(b, {
        states: {
          idle: { ASK: postpone, start: (p) => p.become("ready") },
          ready: { ASK: (p, { from }) => p.send(from, ANSWER) },
        },
      }),
    );
    expect(labels(sys, reached(sys, "start(a)"))).toEqual(["start(b)"]);
    expect(labels(sys, reached(sys, "start(a)", "start(b)"))).toEqual(["receive(b, ASK from a)"]);
  });

  it("that are repeated are not sent while the same is under way", () => {
    const sys = system(
      "",
      one(a, { on: { start: (p) => p.repeat([b], ASK) } }),
      one(b, { on: { ASK: (p, { from }) => p.repeat([from], ANSWER) } }),
    );
    expect(explore(sys)!.states).toBe(4);
  });

  it("that are ignored vanish, whether they have been sent or will be", () => {
    const sys = system(
      "",
      one(a, { states: { idle: { start: (p) => p.become("waiting").send(b, ASK) } } }),
      one(b, { states: { idle: { start: (p) => p.become("deaf").ignoring(ASK) } } }),
    );
    expect(reached(sys, "start(a)", "start(b)")).toEqual(reached(sys, "start(b)", "start(a)"));
    expect(labels(sys, reached(sys, "start(b)", "start(a)"))).toEqual([]);
  });
});

it("a step that is a choice has a successor for each alternative", () => {
  const toss = one(a, {
    states: { idle: { start: (p) => oneOf(p.become("heads"), p.become("tails")) } },
  });
  const sys = system("", toss);
  expect(successors(sys, sys.initial[0]!).map(({ next }) => next.local.get(a)?.state)).toEqual([
    "heads",
    "tails",
  ]);
});

describe("a crash", () => {
  const logs: Rules = {
    states: { idle: { start: (p) => p.write({ state: "begun" }).become("busy") } },
    recover: (p) => p.become(`was ${p.stable.state}`),
  };

  it("loses what is local and keeps what is on stable storage", () => {
    const sys = system("crash=1, recover=1", one(a, logs));
    const down = reached(sys, "start(a)", "crash(a)");
    expect(down.local.has(a)).toBe(false);
    expect(down.stable.get(a)).toEqual(inState("begun"));
    const up = reached(sys, "start(a)", "crash(a)", "recover(a)");
    expect(up.local.get(a)).toEqual(inState("was begun"));
  });

  it("leaves what was sent under way", () => {
    const sys = system("crash(a)=1", one(a, asksOnce), one(b, answers));
    expect(labels(sys, reached(sys, "start(a)", "crash(a)"))).toEqual(["receive(b, ASK from a)"]);
  });

  it("loses a message that arrives in the meantime, or it arrives after the recovery", () => {
    const sys = system("crash(b)=1, recover=1", one(a, asksOnce), one(b, answers));
    const s = reached(sys, "start(a)", "crash(b)");
    expect(labels(sys, s)).toEqual(["recover(b)", "lose(ASK from a to b)"]);
    expect(labels(sys, reached(sys, "start(a)", "crash(b)", "recover(b)"))).toEqual([
      "receive(b, ASK from a)",
    ]);
  });

  it("for good leaves nothing that nobody will read", () => {
    const sys = system("crash(b)=1", one(a, asksOnce), one(b, answers));
    expect(reached(sys, "start(a)", "crash(b)")).toEqual(reached(sys, "crash(b)", "start(a)"));
  });

  it("has happened for good for everybody when the last recovery is used up", () => {
    const sys = system("crash=2, recover=1", one(a, asksOnce), one(b, answers));
    const s = reached(sys, "start(a)", "crash(b)", "crash(a)", "recover(a)");
    expect(s.mailboxes.get(b)!.get(a)!.isEmpty()).toBe(true);
    expect(labels(sys, s)).not.toContain("recover(b)");
  });

  it("during a recovery uses the recovery up, even before anything came of it", () => {
    const sys = system(
      "crash(a)=2, recover=1",
      one(a, { recover: (p) => p.send(b, ASK) }),
      one(b, answers),
    );
    const s = reached(sys, "crash(a)", "crash(a) while recover");
    expect(s.mailboxes.get(b)!.get(a)!.isEmpty()).toBe(true);
    expect([...s.budgets.values()]).toEqual([0, 0]);
  });

  it("is paid from the narrowest budget that is left", () => {
    const workers = role("workers", {
      processes: [w1!, w2!],
      local: inState<string>("idle"),
      stable: inState<string>("nothing"),
    });
    const sys = system("crash(any)=1, crash(workers)=1, crash(w1)=1", workers);
    const budgets = (...path: string[]) => reached(sys, ...path).budgets.toObject();
    expect(budgets("crash(w1)")).toEqual({ "crash(any)": 1, "crash(workers)": 1, "crash(w1)": 0 });
    expect(budgets("crash(w2)")).toEqual({ "crash(any)": 1, "crash(workers)": 0, "crash(w1)": 1 });
  });

  it("cannot happen when its budget is used up", () => {
    const sys = system("crash(a)=1, recover=2", one(a, logs));
    expect(labels(sys, reached(sys, "crash(a)", "recover(a)"))).toEqual([]);
  });
});

describe("a timeout", () => {
  const waits: Rules = { ...asksOnce, on: { timeout: (p) => p.become("gave up") } };

  it("with perfect detection comes when the awaited process is down and silent", () => {
    const sys = system("crash(b)=1", one(a, waits), one(b, answers));
    const timeout = "timeout(a, awaiting b)";
    expect(labels(sys, reached(sys, "start(a)"))).not.toContain(timeout);
    expect(labels(sys, reached(sys, "start(a)", "crash(b)"))).toContain(timeout);
    const answered = reached(sys, "start(a)", "receive(b, ASK from a)", "crash(b)");
    expect(labels(sys, answered)).not.toContain(timeout);
  });

  it("with arbitrary detection comes at any time, and is remembered as a false alarm", () => {
    const sys = system("detect=arbitrary", one(a, waits), one(b, answers));
    const s = reached(sys, "start(a)", "timeout(a, awaiting b)");
    expect(s.falseAlarm).toBe(true);
    expect(reached(sys, "start(a)").falseAlarm).toBe(false);
  });

  it("with arbitrary detection is no false alarm when the awaited process is down", () => {
    const sys = system("crash(b)=1, detect=arbitrary", one(a, waits), one(b, answers));
    expect(reached(sys, "start(a)", "crash(b)", "timeout(a, awaiting b)").falseAlarm).toBe(false);
  });
});

describe("a step is told", () => {
  const sys = system(
    "crash(a)=1, crash(b)=1",
    one(a, {
      states: {
        idle: {
          start: (p) => p.write({ state: "begun" }).become("busy").decide("yes").send(b, ASK),
        },
      },
    }),
    one(b, answers),
  );
  const told = (label: string, ...path: string[]) => {
    const before = reached(sys, ...path);
    return successors(sys, before)
      .filter(({ action, who }) => actionLabel(action, who, sys.config) === label)
      .map(({ action, who, next }) =>
        action.tell!(before, next, who, sys.config).map(({ type, ...rest }) =>
          [type, ...Object.values(rest)].join(" "),
        ),
      );
  };

  it("in the order in which it happened", () => {
    expect(told("start(a)")).toEqual([
      ["note a starts", "write a begun", "become a busy", "decide a yes", "send a b ASK"],
    ]);
  });

  it("up to the crash in the middle of it", () => {
    expect(told("crash(a) while start")).toEqual([
      [
        "note a starts",
        "write a begun",
        "become a busy",
        "decide a yes",
        "crash a sending ASK to b",
      ],
    ]);
  });

  it("of a recovery with the state that it begins in, unless it goes to another", () => {
    const begun: Rules = {
      states: { idle: { start: (p) => p.write({ state: "begun" }).become("busy") } },
    };
    const toldOf = (rules: Rules) => {
      const recovering = system("crash(a)=1, recover=1", one(a, { ...begun, ...rules }));
      const before = reached(recovering, "start(a)", "crash(a)");
      const { action, who, next } = successors(recovering, before)[0]!;
      return action.tell!(before, next, who, recovering.config);
    };
    expect(toldOf({})).toEqual([
      { type: "recover", process: "a" },
      { type: "become", process: "a", state: "idle" },
    ]);
    expect(toldOf({ recover: (p) => p.become("back") })).toEqual([
      { type: "recover", process: "a" },
      { type: "become", process: "a", state: "back" },
    ]);
  });

  it("with the messages that come to nobody", () => {
    expect(told("start(a)", "crash(b)")[0]).toEqual([
      "note a starts",
      "write a begun",
      "become a busy",
      "decide a yes",
      "send a b ASK",
      "lose a b ASK",
    ]);
  });
});

it("a handler that returns no step is reported with its event and process", () => {
  const forgetful = one(a, { on: { start: (() => undefined) as never } });
  const sys = system("", forgetful);
  expect(() => successors(sys, sys.initial[0]!)).toThrow(/returned undefined.*start, by a/);
});

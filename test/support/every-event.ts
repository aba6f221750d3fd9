/** A run in which everything happens that can be told, made up for the sake of the pictures of it. */
import type { CheckResult, Trace } from "../../src/check/result.js";
import type { StepEvent } from "../../src/model/index.js";
import { traceOf } from "./events.js";
import { propertyOf, resultOf } from "./results.js";

const [a, b, c, d] = ["alice", "bob", "carol", "a process with a long name"];
const link = (from: string, to: string, message: string) => ({ from, to, message }) as const;
const send = (from: string, to: string, message: string): StepEvent => ({
  type: "send",
  ...link(from, to, message),
});
const receive = (process: string, from: string, message: string): StepEvent => ({
  type: "receive",
  process,
  from,
  message,
});
const become = (process: string, state: string): StepEvent => ({ type: "become", process, state });
const write = (process: string, entry: string): StepEvent => ({ type: "write", process, entry });

const STEPS: readonly (readonly StepEvent[])[] = [
  [
    { type: "note", process: a, text: "starts" },
    write(a, "WAIT, round = 1"),
    become(a, "WAIT"),
    ...[b, c, d].map((to) => send(a, to, "ASK")),
    { type: "lose", ...link(a, c, "ASK") },
  ],
  [receive(b, a, "ASK"), become(b, "READY"), send(b, a, "YES"), send(b, c, "YES")],
  [{ type: "late", ...link(b, a, "YES") }],
  [{ type: "duplicate", ...link(b, c, "YES") }],
  [
    receive(c, b, "YES"),
    { type: "deviate", process: c, failure: "value failure", text: "says NO in place of YES" },
    send(c, d, "NO"),
  ],
  [
    {
      type: "partition",
      sides: [
        [a, b],
        [c, d],
      ],
      oneWay: false,
    },
  ],
  [
    { type: "timeout", process: a, awaited: [c, d] },
    {
      type: "omit",
      process: a,
      side: "send",
      ...link(a, b, "Prepare(ballot = 7, value = <x & y>)"),
    },
  ],
  [{ type: "lose", ...link(c, d, "NO") }],
  [
    { type: "timeout", process: d, awaited: [a], mistaken: "suspicion" },
    { type: "send", ...link(d, c, "GO"), as: a },
  ],
  [{ type: "heal" }],
  [
    receive(c, a, "GO"),
    { type: "decide", process: c, decision: "commit" },
    send(c, a, "DONE"),
    send(c, d, "DONE"),
  ],
  [
    {
      type: "crash",
      process: b,
      before: "sending a message with a very long name indeed to alice",
    },
  ],
  [{ type: "tick", process: a }],
  [
    { type: "tick", process: d, early: true },
    { type: "timeout", process: d, awaited: [b], mistaken: "late" },
  ],
  [
    { type: "recover", process: b },
    become(b, "INIT"),
    { type: "decide", process: b, decision: "abort" },
    send(b, a, "NO"),
  ],
  [receive(a, b, "YES"), { type: "decide", process: a, decision: "leader = alice" }],
  [{ type: "omit", process: d, side: "receive", ...link(a, d, "ASK") }],
  [{ type: "partition", sides: [[a], [b, c, d]], oneWay: true }],
  [{ type: "crash", process: d }, send(a, a, "REMINDER")],
];

/** The run; the message NO from bob to alice vanishes in its last step. */
export function everyEvent(): Trace {
  const [first, ...steps] = traceOf(...STEPS);
  const states = [a, b, c, d].map((process) => become(process, "INIT"));
  const last = steps.length - 1;
  const left = [link(b, c, "YES"), link(c, a, "DONE"), link(c, d, "DONE"), link(a, a, "REMINDER")];
  return [
    { ...first!, events: states },
    ...steps.map((step, i) => ({
      ...step,
      underWay: i < last ? [...left, link(b, a, "NO")] : left,
    })),
  ];
}

export function everyEventResult(): CheckResult {
  const trace = everyEvent();
  const causes = [...trace.keys()].filter((step) => step > 0 && step !== 13 && step !== 2);
  return resultOf({
    model: "everything",
    lanes: [a, b, c, d],
    properties: [
      propertyOf({
        verdict: "violated",
        trace,
        causes,
        explanation: ["alice has decided <leader>.", "bob & carol have decided otherwise."],
      }),
    ],
  });
}

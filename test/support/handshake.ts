/** The smallest commit protocols that there are, and some that are none: a asks b, and b answers. */
import { identity, type Model } from "../../src/model/index.js";
import { defineProtocol, inState, oneOf, rolesOver, signal } from "../../src/protocol/index.js";

const GO = signal("GO");
const DONE = signal("DONE");
const { role } = rolesOver<typeof GO | typeof DONE>();
const [a, b] = [identity("a"), identity("b")];
const LEADER = inState<"START" | "ASKED" | "STOPPED" | "COMMITTED">("START");
const FOLLOWER = inState<"IDLE" | "DONE">("IDLE");

export type Manner =
  | "vote first"
  | "vote last"
  | "never vote"
  | "never commit"
  | "never abort"
  | "disagree";

/**
 *   leader    START ──▶ ASKED ──▶ COMMITTED    votes for commit, asks; is told that it is done
 *             START ──▶ STOPPED                votes for abort, and aborts
 *   follower  IDLE ───▶ DONE                   is asked, commits, says so
 */
export function handshake(manner: Manner): Model {
  const decision = manner === "never commit" ? "abort" : "commit";
  const votesFirst = manner !== "never vote" && manner !== "vote last";
  return defineProtocol({
    name: "handshake",
    title: "One asks, one answers",
    source: "none",
    parameters: {},
    scenarios: [],
    roles: () => [
      role("leader", {
        processes: [a],
        local: LEADER,
        stable: LEADER,
        states: {
          START: {
            start: (p) => {
              const asked = (votesFirst ? p.vote("commit") : p).become("ASKED").send(b, GO);
              const stopped = p.become("STOPPED").decide("abort");
              if (manner === "never abort") return asked;
              return oneOf(asked, manner === "never vote" ? stopped : stopped.vote("abort"));
            },
          },
          ASKED: {
            DONE: (p) => {
              if (manner === "disagree") return p.become("STOPPED").decide("abort");
              return (manner === "vote last" ? p.vote("commit") : p)
                .become("COMMITTED")
                .decide(decision);
            },
          },
        },
      }),
      role("follower", {
        processes: [b],
        local: FOLLOWER,
        stable: FOLLOWER,
        states: { IDLE: { GO: (p) => p.become("DONE").decide(decision).send(a, DONE) } },
      }),
    ],
    properties: () => [],
  });
}

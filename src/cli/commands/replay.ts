import { readFile } from "node:fs/promises";
import { replay, setUp, traceShows } from "../../check/index.js";
import { type Instance, Mistake, type Model, mistake, parameterValues } from "../../model/index.js";
import {
  type RecordedTrace,
  type Recording,
  type ReplayedTrace,
  readRecording,
  replayedText,
  succeeded,
} from "../../report/index.js";
import type { Command } from "../command.js";
import { EXIT } from "../exit.js";
import { loadModel, shippedNames } from "../load.js";

const command: Command = {
  signature: "replay TRACE",
  summary: "Run the traces of a saved report again, step by step, by the model's functions alone",
  examples: [
    ["replay trace.json", "what `check --format json --output trace.json` wrote"],
    ["replay trace.json --model ./my-protocol.ts", "where the model is a file of yours"],
  ],
  epilogue:
    "Exit status: 0 every trace can be taken; 1 one cannot; 2 the file is not such a report, or of another model.",

  async options() {
    return { model: { describe: "The model's file, where it is not one of Faultline's own" } };
  },

  async run(given, { out }) {
    const [file] = given.operands as [string];
    const recording = readRecording(await contentsOf(file), file);
    const model = await modelOf(recording, given.text("model"), file);
    const instance = instanceOf(model, recording, file);
    const traces = recording.traces.map((trace) => replayed(instance, recording, trace, file));
    out.write(replayedText(model.name, traces, { color: out.color, width: out.width }));
    return traces.every(succeeded) ? EXIT.asExpected : EXIT.unexpected;
  },
};

export default command;

async function contentsOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const what =
      cause.code === "ENOENT"
        ? "there is no such file"
        : cause.code === "EISDIR"
          ? "it is a folder"
          : `it cannot be read, ${cause.code}`;
    throw mistake("trace-not-read", { what, where: file, cause });
  });
}

async function modelOf(recording: Recording, given: string | undefined, file: string) {
  if (given === undefined && !shippedNames().includes(recording.model))
    throw mistake("trace-not-read", {
      what: `it is of the model "${recording.model}", which is none of Faultline's own: name its file with --model`,
      where: file,
    });
  const model = await loadModel(given ?? recording.model);
  if (model.name !== recording.model)
    throw mistake("trace-not-read", {
      what: `it is of the model "${recording.model}", not of "${model.name}"`,
      where: file,
    });
  return model;
}

/** The recorded setting; where the model does not take it, the file is of another version of it. */
function instanceOf(model: Model, { parameters, faults }: Recording, file: string): Instance {
  try {
    return setUp(model, { parameters: parameterValues(model.parameters, parameters), faults });
  } catch (cause) {
    if (!(cause instanceof Mistake)) throw cause;
    throw mistake("trace-not-read", { what: cause.message, where: file, cause });
  }
}

function replayed(
  instance: Instance,
  { encode }: Recording,
  recorded: RecordedTrace,
  file: string,
): ReplayedTrace {
  const property = instance.properties.find(({ name }) => name === recorded.property);
  if (!property)
    throw mistake("trace-not-read", {
      what: `it has a property "${recorded.property}", which the model has not`,
      where: file,
    });
  const again = replay(instance, recorded.steps, encode);
  const shows = again.impossible === null ? traceShows(instance, property, again.trace) : null;
  return { recorded, replay: again, shows };
}

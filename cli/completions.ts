import type { Command, Option } from "commander";

/** What may stand where the cursor is. */
interface Completion {
  readonly name: string;
  readonly description: string;
}

const firstLine = (text: string): string => text.split("\n")[0] ?? "";

const optionOf = (command: Command, word: string): Option | undefined =>
  command.options.find(({ long, short }) => word === long || word === short);

/**
 * What may stand in place of the last word: commands, options, or the choices of an option or argument. Undefined where it is a
 * file's name, nothing where nobody can tell.
 */
export function completions(program: Command, words: readonly string[]): readonly Completion[] | undefined {
  const visible = program.createHelp().visibleCommands(program);
  const current = words.at(-1) ?? "";
  const [name, ...before] = words.slice(0, -1);
  if (name === undefined || name === "help")
    return before.length > 0 || current.startsWith("-")
      ? []
      : visible.map((command) => ({
          name: command.name(),
          description: firstLine(command.summary() || command.description()),
        }));
  const command = visible.find((c) => c.name() === name);
  if (!command) return [];
  if (command.commands.length > 0) return completions(command, words.slice(words.indexOf(name) + 1));
  const open = optionOf(command, before.at(-1) ?? "");
  if (open && (open.required || open.optional)) return choices(open.argChoices, open.flags);
  if (current.startsWith("-"))
    return command
      .createHelp()
      .visibleOptions(command)
      .flatMap(({ long, description }) => (long ? [{ name: long, description: firstLine(description) }] : []));
  const given = before.filter((word, i) => !word.startsWith("-") && !takesValue(command, before[i - 1])).length;
  const argument = command.registeredArguments[given] ?? command.registeredArguments.findLast((a) => a.variadic);
  if (!argument) return [];
  return choices(argument.argChoices, argument.name());
}

const takesValue = (command: Command, word: string | undefined): boolean => {
  const option = word === undefined ? undefined : optionOf(command, word);
  return option !== undefined && (option.required || option.optional);
};

/** The values that there are to choose from; undefined for a file. */
function choices(known: readonly string[] | undefined, called: string): readonly Completion[] | undefined {
  if (known) return known.map((name) => ({ name, description: "" }));
  return /file|pdf|png|dir|before|after|account|seal/i.test(called) ? undefined : [];
}

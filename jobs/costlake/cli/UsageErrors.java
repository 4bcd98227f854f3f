package costlake.cli;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints the error in a command line, the nearest valid name, and the command that prints help. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("costlake: " + message(e));
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return Failure.Family.OPERATOR.exitCode();
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched.getUnmatched().get(0), e);
    }
    return e.getMessage() + hint(e.getArgSpec(), e.getValue());
  }

  private static String unknown(String word, ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (word.startsWith("-")) {
      return unknownName("option", word.replaceFirst("=.*", ""), spec.optionsMap().keySet());
    }
    return spec.subcommands().isEmpty()
        ? String.valueOf(e.getMessage())
        : unknownName("command", word, spec.subcommands().keySet());
  }

  private static String unknownName(String what, String name, Collection<String> known) {
    String hint = Nearest.hint(name, known);
    return "Unknown " + what + " '" + name + "'" + (hint.isEmpty() ? "" : "." + hint);
  }

  /** Suggests the value that may be meant, if the argument allows only certain values. */
  private static String hint(ArgSpec argument, String value) {
    if (argument == null || value == null || !argument.type().isEnum()) {
      return "";
    }
    List<String> allowed =
        Arrays.stream(argument.type().getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .toList();
    String hint = Nearest.hint(value, allowed);
    return hint.isEmpty() ? "" : "." + hint;
  }
}

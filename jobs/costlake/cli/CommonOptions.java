package costlake.cli;

import costlake.config.Config;
import costlake.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has. */
final class CommonOptions {
  /** The format of messages. */
  enum LogFormat {
    TEXT,
    JSON
  }

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Folder of the configuration (default: $$COSTLAKE_CONF, else ./conf).")
  @Nullable Path conf;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "Add DIR/env/NAME.yml to the configuration.")
  @Nullable String environment;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key, which overrides the files; may be repeated.")
  Map<String, String> sets = new LinkedHashMap<>();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print results and failures only.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the log to the terminal as well.")
  boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "Messages as text or json lines (default: text).")
  LogFormat logFormat = LogFormat.TEXT;

  /**
   * Returns the operating system user who runs the command. It is recorded with decisions of
   * people.
   */
  static String actor() {
    return System.getProperty("user.name");
  }

  /** Returns the common options of a command that was parsed; empty if it has none. */
  static Optional<CommonOptions> of(CommandSpec verb) {
    return Optional.ofNullable(verb.mixins().get("common"))
        .map(mixin -> (CommonOptions) mixin.userObject());
  }

  Config config() {
    return Config.load(folder(), environment, sets);
  }

  Settings settings() {
    return Config.settings(folder(), environment, sets);
  }

  /**
   * Loads the configuration folder. If no folder is named and there is no folder {@code conf}, uses
   * the built-in defaults, with paths relative to the working folder.
   */
  Config configOrDefaults() {
    return conf == null
            && System.getenv("COSTLAKE_CONF") == null
            && !Files.isDirectory(Path.of("conf"))
        ? Config.defaults(Path.of("").toAbsolutePath())
        : config();
  }

  /** Returns the folder of the configuration. */
  Path folder() {
    if (conf != null) {
      return conf;
    }
    String fromEnvironment = System.getenv("COSTLAKE_CONF");
    return Path.of(fromEnvironment == null ? "conf" : fromEnvironment);
  }

  /** Returns the writer for results that a person reads. */
  PrintWriter out() {
    return SanitizingWriter.over(command.commandLine().getOut());
  }

  /**
   * Returns the writer for results that a program reads. It replaces no characters, unless it
   * writes to a terminal.
   */
  PrintWriter data() {
    return Boolean.getBoolean("costlake.terminal.out") ? out() : command.commandLine().getOut();
  }

  Console console() {
    return new Console(command.commandLine().getErr(), logFormat, quiet, command.name());
  }
}

package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The list of commands, their help, and the messages for typing errors. */
class CommandLineTest {
  private static final int TERMINAL_COLUMNS = 80;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... words) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
  }

  private static Stream<CommandLine> commands() {
    return andSubcommands(new CommandLine(new Main()));
  }

  private static Stream<CommandLine> andSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(CommandLineTest::andSubcommands));
  }

  @Test
  void listsEachCommandOnOneLineIfNoneIsGiven() {
    assertThat(run()).isEqualTo(2);
    List<String> listed =
        err.toString()
            .lines()
            .dropWhile(line -> !line.equals("Commands:"))
            .skip(1)
            .takeWhile(line -> !line.isBlank())
            .toList();
    assertThat(listed)
        .hasSameSizeAs(new CommandLine(new Main()).getSubcommands().keySet())
        .allSatisfy(line -> assertThat(line).matches("  [a-z]\\S* +[A-Z].*\\.$"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TERMINAL_COLUMNS));
    assertThat(out).hasToString("");
  }

  /**
   * picocli treats the texts of the help as format strings, and prints a warning if a percent sign
   * is not doubled.
   */
  @ParameterizedTest
  @MethodSource("commands")
  void helpDoublesEachPercentSign(CommandLine command) {
    var usage = command.getCommandSpec().usageMessage();
    Stream.of(usage.header(), usage.description(), usage.footer())
        .flatMap(Arrays::stream)
        .forEach(text -> assertThatCode(() -> String.format(text)).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @CsvSource({
    "nigth,                              Unknown command 'nigth'. Did you mean 'night'?,       "
        + " costlake --help",
    "reprot --period 2026-09,            Unknown command 'reprot'. Did you mean 'report'?,     "
        + " costlake --help",
    "serve usr,                          Unknown command 'usr'. Did you mean 'user'?,          "
        + " costlake serve --help",
    "night --perid 2026-09,              Unknown option '--perid'. Did you mean '--period'?,   "
        + " costlake night --help",
    "night --peroid=2026-09,             Unknown option '--peroid'. Did you mean '--period'?,  "
        + " costlake night --help",
    "serve user --stdni ines,            Unknown option '--stdni'. Did you mean '--stdin'?,    "
        + " costlake serve user --help",
    "night --zzzzzzzz,                   Unknown option '--zzzzzzzz',                          "
        + " costlake night --help",
    "sql --format cvs 'select 1',        but was 'cvs'. Did you mean 'csv'?,                   "
        + " costlake sql --help"
  })
  void suggestsTheNearestName(String typed, String message, String next) {
    assertThat(run(typed.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message, "Try: " + next);
  }

  @Test
  void printsTheVersionOfTheBuild() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
    assertThat(run("--version")).isZero();
    assertThat(out).hasToString("costlake " + version + System.lineSeparator());
  }
}

package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks how results are written to a terminal and to a file. */
class CommonOptionsTest {
  private static final String TERMINAL = "costlake.terminal.out";

  @Command(name = "any")
  private static final class AnyCommand {
    @Mixin private CommonOptions common;
  }

  @AfterEach
  void noTerminal() {
    System.clearProperty(TERMINAL);
  }

  private static String csv(String text) {
    AnyCommand command = new AnyCommand();
    StringWriter out = new StringWriter();
    new CommandLine(command).setOut(new PrintWriter(out));
    new ResultPrinter(command.common.data())
        .print(ResultPrinter.Format.CSV, List.of("a"), List.of(RowFactory.create(text)).iterator());
    return out.toString();
  }

  @Test
  void removesControlCharactersForATerminalAndKeepsThemForAFile() {
    String hostile = "x\u001b[2J\u202ey";
    assertThat(csv(hostile)).isEqualTo("a\n" + hostile + "\n");
    System.setProperty(TERMINAL, "true");
    assertThat(csv(hostile)).isEqualTo("a\nx [2J y\n");
  }
}

package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Prints hostile and special text in each output format. */
class ResultPrinterTest {
  private static String print(ResultPrinter.Format format, List<String> columns, Row... rows) {
    StringWriter out = new StringWriter();
    new ResultPrinter(new PrintWriter(out)).print(format, columns, List.of(rows).iterator());
    return out.toString();
  }

  @Test
  void putsAnApostropheBeforeFormulasInCsvButNotBeforeNumbers() {
    String csv =
        print(
            ResultPrinter.Format.CSV,
            List.of("=team", "cost", "n", "text"),
            RowFactory.create("=cmd()|calc", new BigDecimal("-1.50"), -2, "-0.5"),
            RowFactory.create("@sum(a1)", null, 0, "+1E-7"),
            RowFactory.create("-2+3+cmd", BigDecimal.ZERO, 1, "\t=1"),
            RowFactory.create("+1\n", BigDecimal.ONE, 1, "a=b"));
    assertThat(csv)
        .isEqualTo(
            """
            '=team,cost,n,text
            '=cmd()|calc,-1.5,-2,-0.5
            '@sum(a1),,0,+1E-7
            '-2+3+cmd,0,1,'\t=1
            "'+1
            ",1,1,a=b
            """);
  }

  @Test
  void keepsQuotesCommasAndLineEndsInsideTheirCell() {
    assertThat(
            print(
                ResultPrinter.Format.CSV,
                List.of("a", "b"),
                RowFactory.create("say \"hi\", twice\r\n'; drop table x; --", "")))
        .isEqualTo("a,b\n\"say \"\"hi\"\", twice\r\n'; drop table x; --\",\"\"\n");
  }

  @Test
  void printsHostileTextUnalteredInJson() {
    assertThat(print(ResultPrinter.Format.JSON, List.of("a"), RowFactory.create("=cmd()")))
        .isEqualTo("{\"a\":\"=cmd()\"}" + System.lineSeparator());
  }

  @Test
  void escapesHiddenCharactersInJson() {
    assertThat(print(ResultPrinter.Format.JSON, List.of("a"), RowFactory.create("x\u202ey\u0085")))
        .isEqualTo("{\"a\":\"x\\u202Ey\\u0085\"}" + System.lineSeparator());
  }

  @Test
  void keepsControlCharactersOutOfATerminal() {
    assertThat(print(ResultPrinter.Format.TABLE, List.of("a"), RowFactory.create("x\u001b[2J\ny")))
        .doesNotContain("\u001b", "\ny")
        .contains("x [2J y");
  }
}

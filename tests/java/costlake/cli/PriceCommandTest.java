package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceCommandTest {
  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int price(String lines, String... options) throws IOException {
    Path trace = Files.writeString(dir.resolve("trace.csv"), "at,in,out\n" + lines);
    Stream<String> command =
        Stream.of("price", trace.toString(), "--time", "at", "--input", "in", "--output", "out");
    return run(Stream.concat(command, Arrays.stream(options)));
  }

  private int run(Stream<String> command) {
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), command.toArray(String[]::new));
  }

  /** 600 x 2.50 + 400 x 1.25 + 200 x 10 per million for gpt-4o, 1000 x 0.15 for gpt-4o-mini. */
  @Test
  void pricesAnExportOfLiteLlmWithoutNamesOfColumns() throws IOException {
    Path log =
        Files.writeString(
            dir.resolve("spend.csv"),
            """
            request_id,call_type,spend,prompt_tokens,completion_tokens,startTime,model,cache_hit,metadata
            a,acompletion,0.1,1000,200,2026-09-01 10:00:00.5,gpt-4o,False,"{""usage_object"": {""prompt_tokens_details"": {""cached_tokens"": 400}}}"
            b,acompletion,0.1,1000,0,2026-09-01 10:00:00,azure/gpt-4o-mini,,{}
            c,acompletion,0,1000,0,2026-09-01 10:00:00,gpt-4o,True,{}
            """);
    int code = run(Stream.of("price", log.toString(), "--format", "csv"));
    assertThat(code).as(err.toString()).isZero();
    assertThat(out)
        .hasToString(
            """
            model,requests,input_tokens,output_tokens,usd,at_later_price
            gpt-4o,1,1000,200,0.004,0
            gpt-4o-mini,1,1000,0,0.00015,0
            """);
    assertThat(err.toString())
        .contains("Left out: 1 request that the proxy answered from its own cache.");
  }

  @Test
  void readsMillisecondsAfterAStart() throws IOException {
    assertThat(price("0,1000000,0\n27482,1000000,0\n", "--models", "o3")).isEqualTo(3);
    assertThat(err.toString())
        .contains("at is '0', which is no time; if it is milliseconds after a start");
    assertThat(
            price(
                "0,1000000,0\n27482,1000000,0\n",
                "--models",
                "o3",
                "--start",
                "2025-06-09T23:59:32.518Z",
                "--format",
                "csv"))
        .isZero();
    assertThat(out.toString()).as("10 before 10 June, and 2").endsWith("o3,2,2000000,0,12,0\n");
  }

  @Test
  void printsCsv() throws IOException {
    int code =
        price(
            "2026-09-01 10:00:00,1000,200\n",
            "--models",
            "gpt-4o,claude-sonnet",
            "--format",
            "csv");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out)
        .hasToString(
            """
            model,requests,input_tokens,output_tokens,usd,at_later_price
            gpt-4o,1,1000,200,0.0045,0
            claude-sonnet-5,1,1000,200,0.006,0
            """);
    assertThat(err.toString()).contains("claude-sonnet is priced as claude-sonnet-5 of anthropic.");
  }

  @Test
  void printsATable() throws IOException {
    assertThat(price("2026-09-01 10:00:00,1000,200\n", "--models", "gpt-4o")).isZero();
    assertThat(out)
        .hasToString(
            """
            model   requests  input_tokens  output_tokens     usd  at_later_price
            ------  --------  ------------  -------------  ------  --------------
            gpt-4o         1          1000            200  0.0045               0
            """);
  }

  @Test
  void saysHowManyRequestsAreOlderThanTheFirstPrice() throws IOException {
    int code =
        price(
            "2023-11-16 10:00:00,1000,200\n2024-06-01,1000,200\n2026-09-01,1000,200\n",
            "--models",
            "gpt-4o,gpt-4o-2024-05-13",
            "--format",
            "csv");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .endsWith("gpt-4o,3,3000,600,0.0135,2\ngpt-4o-2024-05-13,3,3000,600,0.024,1\n");
    assertThat(err.toString())
        .contains(
            "gpt-4o: 2 requests from before 2024-08-06, the first day of its prices, priced as of"
                + " that day.",
            "gpt-4o-2024-05-13: 1 request from before 2024-05-13,");
  }

  @Test
  void pricesAllModelsIfNoneIsNamed() throws IOException {
    assertThat(price("2026-09-01 10:00:00,1000,0\n", "--format", "csv")).isZero();
    assertThat(out.toString().lines().count()).isGreaterThan(70);
  }

  @Test
  void printsTheFiguresAndFailsIfARowIsRejected() throws IOException {
    int code =
        price("2026-09-01,1000,200\n2026-09-01,-1,1\n", "--models", "gpt-4o", "--format", "csv");
    assertThat(code).isEqualTo(3);
    assertThat(out.toString()).endsWith("gpt-4o,1,1000,200,0.0045,0\n");
    assertThat(err.toString())
        .contains(
            "Rejected: " + dir.resolve("trace.csv") + " line 3: in is negative: -1",
            "Cannot price all of 2 requests: 1 row is left out",
            "--rejects FILE lists them all.");
  }

  @Test
  void refusesAnUnknownModelOrColumn() throws IOException {
    assertThat(price("", "--models", "gpt-4oo")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean 'gpt-4o'?");
    assertThat(price("", "--models", "gpt-4o", "--cached", "inn")).isEqualTo(2);
    assertThat(err.toString()).contains("it has no column 'inn'. Did you mean 'in'?");
    assertThat(out).hasToString("");
  }
}

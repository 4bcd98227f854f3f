package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code costlake sources}. */
class SourcesCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void listsSourcesAsTableAndAsJson() throws IOException {
    Files.writeString(
        folder.resolve("sources.yml"),
        """
        sources:
          - {id: aws, kind: aws-cur, location: 's3://bucket/exports'}
          - {id: live, kind: prometheus, url: 'http://prometheus:9090', cluster: c1, step_s: 60}
        """);
    assertThat(run("sources", "--conf", folder.toString(), "--json")).isZero();
    assertThat(out)
        .hasToString(
            "[{\"id\":\"aws\",\"kind\":\"aws-cur\",\"from\":\"s3://bucket/exports\"},"
                + "{\"id\":\"live\",\"kind\":\"prometheus\",\"from\":\"http://prometheus:9090\"}]"
                + System.lineSeparator());
    out.getBuffer().setLength(0);
    assertThat(run("sources", "--conf", folder.toString())).isZero();
    assertThat(out.toString().lines())
        .contains(
            "aws   aws-cur     s3://bucket/exports", "live  prometheus  http://prometheus:9090");
  }

  @Test
  void refusesAnInvalidPeriod() throws IOException {
    Files.writeString(folder.resolve("sources.yml"), "sources: []\n");
    assertThat(run("sources", "--conf", folder.toString(), "--period", "september")).isEqualTo(2);
    assertThat(err.toString()).contains("Invalid period 'september'");
  }
}

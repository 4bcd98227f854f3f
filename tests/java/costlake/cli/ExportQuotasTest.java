package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes quotas by {@code costlake export quotas}, without a lake. */
class ExportQuotasTest {
  private static final String QUOTAS =
      """
      quotas:
        - {id: held, scope: {team: search, accelerator_model: T4}, versions: [{held: 4}, {from: 2026-09-10, held: 6}]}
        - {id: money, scope: {team: search}, period: month, limit: {money: 5}, currency: USD}
      """;

  @TempDir Path conf;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int export(String... options) {
    out = new StringWriter();
    err = new StringWriter();
    String[] words = new String[options.length + 4];
    System.arraycopy(new String[] {"export", "quotas", "--conf", conf.toString()}, 0, words, 0, 4);
    System.arraycopy(options, 0, words, 4, options.length);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
  }

  private void quotas(String text) {
    try {
      Files.writeString(
          conf.resolve("owners.yml"),
          "last_resort: {team: search}\nteams: [{id: search, name: Search}]\n");
      Files.writeString(conf.resolve("quotas.yml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void printsTheLimitsOfADayAndSaysWhatIsLeftOut() {
    quotas(QUOTAS);
    assertThat(export("--as", "kueue", "--at", "2026-09-09")).isZero();
    assertThat(out.toString()).startsWith("---\napiVersion: kueue").contains("nominalQuota: \"4\"");
    assertThat(err.toString())
        .contains("Left out of Kueue: quota 'money' (team search)")
        .doesNotContain("quota 'held'");
    assertThat(export("--as", "slurm", "--at", "2026-09-10")).isZero();
    assertThat(out.toString()).endsWith("set GrpTRES=gres/gpu:t4=6\n");
    assertThat(export("--as", "slurm")).isZero();
    assertThat(out.toString()).endsWith("set GrpTRES=gres/gpu:t4=6\n");
  }

  @Test
  void writesTheFilesOfABundle() throws IOException {
    quotas(QUOTAS);
    Path bundle = conf.resolve("bundle");
    assertThat(export("--as", "OPA", "--to", bundle.toString(), "--at", "2026-09-09")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            bundle.resolve("data.json").toString(), bundle.resolve(".manifest").toString());
    String data = Files.readString(bundle.resolve("data.json"));
    String manifest = Files.readString(bundle.resolve(".manifest"));
    export("--as", "opa", "--to", bundle.toString(), "--at", "2026-09-09");
    assertThat(bundle.resolve("data.json")).hasContent(data);
    assertThat(bundle.resolve(".manifest")).hasContent(manifest);
    export("--as", "opa", "--to", bundle.toString(), "--at", "2026-09-10");
    assertThat(Files.readString(bundle.resolve(".manifest"))).isNotEqualTo(manifest);
  }

  @Test
  void writesAnEmptyExportIfThereIsNoQuotaSoThatNoneRemains() {
    quotas("quotas: []");
    assertThat(export("--as", "json", "--at", "2026-09-09")).isZero();
    assertThat(out.toString()).contains("\"quotas\" : [ ]");
    assertThat(err.toString()).contains("No quota is set. Write one in quotas.yml");
  }

  @Test
  void refusesAWrongFormatAndAWrongDay() {
    quotas(QUOTAS);
    assertThat(export("--as", "slrm")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean 'slurm'?");
    assertThat(export("--as", "json", "--at", "2026-13-01")).isEqualTo(2);
    assertThat(err.toString()).contains("--at");
    assertThat(export()).isEqualTo(2);
    assertThat(err.toString()).contains("--as");
  }
}

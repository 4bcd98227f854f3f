package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which nights read little, so that the launcher leaves out Java's second compiler. */
class SmallNightTest {
  private static final String LARGE = "x".repeat(17 << 20);

  @TempDir Path home;

  @BeforeEach
  void install() throws IOException {
    write("costlake.jar", "");
    write(
        "conf/sources.yml",
        "# or s3://bucket/prefix\nsources:\n  - {id: aws, kind: aws-cur, location: '../bills/a b'}\n");
    write("bills/a b/2026-09/bill.csv", "x");
  }

  private void write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private boolean readsLittle(String words) {
    String[] all = (words + " --conf " + home.resolve("conf")).split(" ");
    return SmallNight.readsLittle(home.resolve("costlake.jar"), all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "night",
        "night --period 2026-09 --log-format json",
        "backfill --from 2026-01 --to 2026-09",
        "land --set lake.format=delta --source aws"
      })
  void aSmallBillIsLittle(String words) {
    assertThat(readsLittle(words)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "night --unknown",
        "night --env prod",
        "night --set lake.format=unknown",
        "night --set sources[0].location=s3://bucket/bills"
      })
  void whatIsWrongOrElsewhereIsUnknown(String words) {
    assertThat(readsLittle(words)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sources: [{id: a, kind: aws-cur, location: 's3://bucket/bills'}]",
        "sources: [{id: p, kind: prometheus, url: 'http://p:9090', cluster: c, step_s: 60}]",
        "sources: []",
        "sources:\n- id: a\n  kind: aws-cur\n  location: \"../missing\""
      })
  void sourcesThatAreNotFilesAreUnknown(String sources) throws Exception {
    write("conf/sources.yml", sources + "\n");
    assertThat(readsLittle("night")).isFalse();
  }

  @Test
  void aLargeBillIsMuch() throws Exception {
    write("bills/a b/2026-10/bill.csv", LARGE);
    assertThat(readsLittle("night")).isFalse();
    Files.delete(home.resolve("bills/a b/2026-10/bill.csv"));
    assertThat(readsLittle("night")).isTrue();
  }

  @Test
  void aNightReadsOnlyWhatTheLastOneDidNotSee() throws Exception {
    publishAfterALargeBill();
    assertThat(readsLittle("night")).isTrue();
    assertThat(readsLittle("backfill --from 2026-01 --to 2026-10")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bills/a b/2026-10/bill.csv", "conf/owners.yml"})
  void aLargeBillOrAnotherConfigurationAfterTheLastNightIsMuch(String newer) throws Exception {
    publishAfterALargeBill();
    changeIn(20, newer);
    assertThat(readsLittle("night")).isFalse();
  }

  @Test
  void aProgramThatWasInstalledAfterTheLastNightBuildsEverything() throws Exception {
    publishAfterALargeBill();
    changeIn(-20, "lake/journal/000000002.json");
    for (String seen :
        new String[] {
          "bills/a b/2026-10/bill.csv", "conf/owners.yml", "conf/costlake.yml", "conf/sources.yml"
        }) {
      changeIn(-40, seen);
    }
    assertThat(readsLittle("night")).isFalse();
  }

  private void publishAfterALargeBill() throws IOException {
    write("bills/a b/2026-10/bill.csv", LARGE);
    write("conf/costlake.yml", "lake:\n  root: ../lake\n");
    write("conf/owners.yml", "teams: []\n");
    write("lake/journal/000000002.json", "{}");
    changeIn(10, "lake/journal/000000002.json");
  }

  private void changeIn(int seconds, String file) throws IOException {
    Files.setLastModifiedTime(
        home.resolve(file), FileTime.from(Instant.now().plusSeconds(seconds)));
  }
}

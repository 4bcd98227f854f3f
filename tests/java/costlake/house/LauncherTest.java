package costlake.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks which JIT compilers of the JVM the launcher selects. A script replaces java and prints its
 * arguments.
 */
class LauncherTest {
  private static final String FIRST_ALONE = "-XX:TieredStopAtLevel=1";
  private static final int MORE_THAN_SMALL = 17 << 20;

  @TempDir Path home;

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("costlake"), home.resolve("costlake"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(home.resolve("target/lib"));
    Files.createFile(home.resolve("target/costlake.jar"));
    // The archive is newer than the jar, so that the launcher does not create it in the background.
    Files.setLastModifiedTime(
        Files.createFile(home.resolve("target/costlake.jsa")),
        FileTime.from(Instant.now().plusSeconds(60)));
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
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

  private List<String> run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("costlake").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().remove("COSTLAKE_CONF");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines()).endsWith(words);
    return said.lines().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "night",
        "night --conf conf --period 2026-09",
        "backfill --conf=conf --from 2026-01 --to 2026-09",
        "land --conf conf --set lake.format=delta --source aws",
        "sql select",
        "--help"
      })
  void smallNightsAndShortCommandsHaveTheFirstAlone(String words) throws Exception {
    assertThat(run(words.split(" "))).contains(FIRST_ALONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convert bill.csv --to out",
        "hours sacct.log --to out",
        "serve sql",
        "night --conf elsewhere",
        "night --env prod",
        "night --set sources[0].location=x",
        "night --set=sources[0].location=x"
      })
  void longCommandsAndNightsOfUnknownSizeHaveBoth(String words) throws Exception {
    assertThat(run(words.split(" "))).doesNotContain(FIRST_ALONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sources: [{id: a, kind: aws-cur, location: 's3://bucket/bills'}]",
        "sources: [{id: p, kind: prometheus, url: 'http://prometheus:9090'}]",
        "sources: []",
        "sources:\n- id: a\n  location: \"../missing\""
      })
  void sourcesThatAreNotFilesHaveBoth(String sources) throws Exception {
    write("conf/sources.yml", sources + "\n");
    assertThat(run("night")).doesNotContain(FIRST_ALONE);
  }

  @Test
  void aLargeBillHasBoth() throws Exception {
    write("bills/a b/2026-10/bill.csv", "x".repeat(MORE_THAN_SMALL));
    assertThat(run("night")).doesNotContain(FIRST_ALONE);
    Files.delete(home.resolve("bills/a b/2026-10/bill.csv"));
    assertThat(run("night")).contains(FIRST_ALONE);
  }

  @Test
  void aLargeBillThatTheLastNightSawHasTheFirstAlone() throws Exception {
    write("bills/a b/2026-10/bill.csv", "x".repeat(MORE_THAN_SMALL));
    write("conf/costlake.yml", "lake:\n  root: ../lake\n");
    write("lake/journal/000000002.json", "{}");
    laterBy(10, "lake/journal/000000002.json");
    assertThat(run("night")).contains(FIRST_ALONE);
    assertThat(run("backfill")).doesNotContain(FIRST_ALONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bills/a b/2026-10/bill.csv", "conf/owners.yml", "target/costlake.jar"})
  void aLargeBillOrACompleteRebuildAfterTheLastNightHasBoth(String newer) throws Exception {
    write("bills/a b/2026-10/bill.csv", "x".repeat(MORE_THAN_SMALL));
    write("conf/costlake.yml", "lake: {root: ../lake}\n");
    write("conf/owners.yml", "");
    write("lake/journal/000000002.json", "{}");
    laterBy(10, "lake/journal/000000002.json");
    laterBy(20, newer);
    assertThat(run("night")).doesNotContain(FIRST_ALONE);
  }

  private void laterBy(int seconds, String file) throws IOException {
    Files.setLastModifiedTime(
        home.resolve(file), FileTime.from(Instant.now().plusSeconds(seconds)));
  }
}

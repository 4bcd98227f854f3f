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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks with which Java and which of its JIT compilers the launcher runs a command, in a folder
 * without sources. A script replaces java: it states a version, says whether a night is small, and
 * prints the arguments of the command.
 */
class LauncherTest {
  private static final String FIRST_ALONE = "-XX:TieredStopAtLevel=1";
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        -version) echo 'Picked up JAVA_TOOL_OPTIONS: -Da=b' >&2; echo '%s' >&2 ;;
        *costlake.cli.SmallNight*) exit %s ;;
        *) printf '%%s\\n' "$@" ;;
      esac
      """;

  @TempDir Path home;

  private record Ran(int code, List<String> lines) {}

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("costlake"), home.resolve("costlake"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(home.resolve("costlake.jar"));
    // The archive of classes is newer than the jar, so that the launcher does not create it.
    Files.setLastModifiedTime(
        Files.createFile(home.resolve("costlake.jsa")),
        FileTime.from(Instant.now().plusSeconds(60)));
    java("openjdk version \"17.0.15\" 2025-04-15", true);
  }

  private void java(String version, boolean smallNight) throws IOException {
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA.formatted(version, smallNight ? 0 : 1));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }

  private Ran run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("costlake").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said.lines().toList());
  }

  private List<String> options(String... words) throws Exception {
    Ran ran = run(words);
    assertThat(ran.code()).as(String.join("\n", ran.lines())).isZero();
    assertThat(ran.lines()).endsWith(words);
    return ran.lines();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql select", "--help", "demo", "report --period 2026-09"})
  void shortCommandsHaveTheFirstAlone(String words) throws Exception {
    assertThat(options(words.split(" "))).contains(FIRST_ALONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert bill.csv --to out", "hours sacct.log --to out", "serve sql"})
  void longCommandsHaveBoth(String words) throws Exception {
    assertThat(options(words.split(" "))).doesNotContain(FIRST_ALONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"night", "land --source aws", "backfill --from 2026-01 --to 2026-09"})
  void nightsThatReadLittleHaveTheFirstAlone(String words) throws Exception {
    assertThat(options(words.split(" "))).contains(FIRST_ALONE);
    java("openjdk version \"21\" 2023-09-19", false);
    assertThat(options(words.split(" "))).doesNotContain(FIRST_ALONE);
  }

  @ParameterizedTest
  @CsvSource({
    "openjdk version \"11.0.22\" 2024-01-16, 11",
    "java version \"1.8.0_402\", 8",
    "openjdk version \"16-ea\" 2021-03-16, 16"
  })
  void anOlderJavaIsRefused(String version, String named) throws Exception {
    java(version, true);
    Ran ran = run("--help");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.lines())
        .containsExactly(
            "costlake: Cannot run with Java %s (%s). Install Java 17 or set JAVA_HOME to it."
                .formatted(named, home.resolve("jdk/bin/java")));
  }

  @Test
  void aJavaThatIsNotThereIsNamed() throws Exception {
    Files.delete(home.resolve("jdk/bin/java"));
    Ran ran = run("--help");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.lines())
        .containsExactly(
            "costlake: Cannot find Java (%s). Install Java 17 or set JAVA_HOME to it."
                .formatted(home.resolve("jdk/bin/java")));
  }
}

package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.OwnFiles;
import costlake.testing.Duck;
import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a kind of source from the configuration folder, in a process of its own as a user does. */
class OwnFilesTest {
  private static final Path EXAMPLE = Path.of("tests/sources/neocloud");

  @TempDir Path dir;

  /** The example of docs/adding-a-source.md under another name, because tests have it as well. */
  @BeforeEach
  void addKind() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = Path.of(renamed(EXAMPLE.relativize(file).toString()));
        write("sources/owncloud/" + target, renamed(Files.readString(file)));
      }
    }
  }

  /** Renames the kind and what its lists add, because tests have both kinds. */
  private static String renamed(String text) {
    return text.replace("neocloud", "owncloud")
        .replace("distillation", "pruning")
        .replaceAll("(?m)^90(?=[01],\\^owncloud)", "91");
  }

  private void write(String file, String text) throws IOException {
    Path path = dir.resolve("conf").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String run(int code, String... words) throws Exception {
    Path log = dir.resolve("log");
    int exited =
        JavaProcess.of(Main.class, "700m")
            .arguments(words)
            .arguments("--conf", dir.resolve("conf").toString())
            .exitCode(log);
    assertThat(exited).as(Files.readString(log)).isEqualTo(code);
    return Files.readString(log);
  }

  @Test
  void aBillOfTheirOwnKindIsConverted() throws Exception {
    write(
        "sources.yml", "sources: [{id: own, kind: owncloud, location: sources/owncloud/fixture}]");
    assertThat(run(0, "sources")).contains("own", "owncloud");
    run(0, "convert", fixture(), "--from", "owncloud", "--to", dir.resolve("out").toString());
    assertThat(
            Duck.rows(
                "select concat_ws(' ', count(*), cast(sum(BilledCost) as decimal(9,2))) from "
                    + Duck.parquet(dir.resolve("out/cost_and_usage"))))
        .containsExactly("3 61.01");
  }

  private String fixture() {
    return dir.resolve("conf/sources/owncloud/fixture").toString();
  }

  @Test
  void aKindWithTheNameOfOursIsRefused() throws Exception {
    write("sources/aws-cur/kind.yml", "title: other\n");
    write("sources.yml", "sources: [{id: own, kind: aws-cur, location: bills}]");
    assertThat(run(2, "sources"))
        .contains("sources/aws-cur: Costlake has a kind of this name. Rename the folder");
  }

  @Test
  void aProcessThatACommandStartsReadsTheSameFolder() {
    String before = System.getProperty(OwnFiles.PROPERTY);
    try {
      OwnFiles.use(dir);
      assertThat(OwnFiles.option()).containsExactly("-Dcostlake.conf=" + dir);
    } finally {
      restore(before);
    }
  }

  private static void restore(String before) {
    if (before == null) {
      System.clearProperty(OwnFiles.PROPERTY);
    } else {
      System.setProperty(OwnFiles.PROPERTY, before);
    }
  }
}

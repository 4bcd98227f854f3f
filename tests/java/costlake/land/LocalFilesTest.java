package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.land.read.Storage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads paths that cannot be read or are not regular files, and files that change while they are
 * read.
 */
@Timeout(60)
class LocalFilesTest {
  private static final String BILL = Deliveries.HEADER + Deliveries.line(1, "1.5", "search");

  @TempDir Path folder;
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private static void refusesAsOperator(ThrowingCallable read, String... words) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.family()).isEqualTo(Failure.Family.OPERATOR))
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("java.");
  }

  /** Whoever delivers a folder must not stop the night, in which other sources count. */
  private void refusesTheDelivery(String... words) throws IOException {
    assertThat(landed().refused())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.message()).contains(words));
    assertThatThrownBy(() -> convert(deliveries.exports()))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContainingAll(words);
  }

  private void land(Path location) throws IOException {
    deliveries.land(deliveries.config("aws-cur", location.toString(), ""), List.of());
  }

  private void convert(Path... paths) throws IOException {
    Landing.adHoc(deliveries.config("aws-cur"), List.of(paths), Optional.empty());
  }

  private static Path pipe(Path path) throws IOException, InterruptedException {
    Files.createDirectories(path.getParent());
    Process process = new ProcessBuilder("mkfifo", path.toString()).start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return path;
  }

  @Test
  void refusesPipesAndDevicesUnopened() throws Exception {
    Path pipe = pipe(deliveries.exports().resolve("2026-09/bill.csv"));
    Path device = Files.createSymbolicLink(folder.resolve("zero.csv"), Path.of("/dev/zero"));
    for (Path special : List.of(pipe, device)) {
      String[] words = {
        "Cannot read " + special + ": it is a pipe, a device or a socket", "Write its content"
      };
      refusesAsOperator(() -> land(special), words);
      refusesAsOperator(() -> convert(special), words);
    }
    refusesTheDelivery("2026-09/bill.csv: it is a pipe");
  }

  @Test
  void refusesALinkToNothing() throws IOException {
    Files.createDirectories(deliveries.exports());
    Files.createSymbolicLink(deliveries.exports().resolve("bill.csv"), folder.resolve("gone.csv"));
    refusesTheDelivery("bill.csv: it is", "a link to nothing");
    refusesAsOperator(
        () -> convert(deliveries.exports().resolve("bill.csv")),
        "it does not exist. Check the path");
  }

  @Test
  void readsLinksToFilesOfTheFolderAndNoOthers() throws IOException {
    Path bill = deliveries.write("2026-09/.original", BILL);
    Path link = deliveries.exports().resolve("2026-09/bill.csv");
    Files.createSymbolicLink(link, bill);
    assertThat(landed().landed()).hasSize(1);

    Files.delete(link);
    Files.createSymbolicLink(link, Files.writeString(folder.resolve("outside.csv"), BILL));
    assertThat(landed().refused())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.message()).contains("it is a link to a file that is not"));
  }

  private LandResult landed() throws IOException {
    return deliveries.land(deliveries.config("aws-cur"), List.of());
  }

  @Test
  void readsAFolderThroughALink() throws IOException {
    deliveries.write("2026-09/bill.csv", BILL);
    Path link = Files.createSymbolicLink(folder.resolve("link"), deliveries.exports());
    LandResult result =
        deliveries.land(deliveries.config("aws-cur", link.toString(), ""), List.of());
    assertThat(result.landed()).hasSize(1);
    convert(link);
  }

  @Test
  void saysWhenAFileOrFolderMayNotBeRead() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv", BILL);
    Path parquet = deliveries.write("2026-10/bill.parquet", "PAR1");
    Set<PosixFilePermission> none = PosixFilePermissions.fromString("---------");
    Files.setPosixFilePermissions(file, none);
    Files.setPosixFilePermissions(parquet, none);
    assumeFalse(Files.isReadable(file), "this user may read every file");
    String user = "permission is denied. Let user '" + System.getProperty("user.name") + "' read";
    refusesAsOperator(() -> land(file), file + ": " + user);
    refusesAsOperator(() -> convert(file), file + ": " + user);
    refusesAsOperator(() -> convert(parquet), parquet + ": " + user);
    Files.setPosixFilePermissions(file.getParent(), none);
    String where = "Cannot read " + file.getParent() + ": " + user;
    refusesAsOperator(() -> land(deliveries.exports()), where);
    refusesAsOperator(() -> convert(deliveries.exports()), where);
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void refusesAFileThatIsRewrittenAtTheSameSizeWhileItIsCopied() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv", BILL);
    Config config = deliveries.config("aws-cur");
    for (boolean replaced : new boolean[] {false, true}) {
      String change = BILL.replace("1.5", "9.5");
      LandResult result =
          new SourceLanding(
                  config,
                  config.sources().get(0),
                  "run-1",
                  Deliveries.NOW,
                  List.of(),
                  Progress.SILENT)
              .land(new Rewriting(deliveries.exports(), file, change, replaced), Set.of());
      assertThat(result.landed()).isEmpty();
      assertThat(result.refused())
          .singleElement()
          .satisfies(
              refusal ->
                  assertThat(refusal.message())
                      .contains("Cannot copy " + file + ": the file changed during the copy")
                      .contains("(it was written or replaced). Run again when the export is"));
      assertThat(deliveries.pinned()).filteredOn(p -> !p.toString().contains(".pinning")).isEmpty();
    }
  }

  /** A folder in which a file is rewritten as soon as its last byte was read. */
  private record Rewriting(Storage files, Path file, String text, boolean replace)
      implements Storage {
    Rewriting(Path folder, Path file, String text, boolean replace) {
      this(LocalStorage.of(folder, ""), file, text, replace);
    }

    @Override
    public List<Found> list() throws IOException {
      return files.list();
    }

    @Override
    public InputStream open(String key) throws IOException {
      return new FilterInputStream(files.open(key)) {
        @Override
        public void close() throws IOException {
          super.close();
          rewrite();
        }
      };
    }

    private void rewrite() throws IOException {
      if (!replace) {
        Files.writeString(file, text);
        return;
      }
      Path other = Files.writeString(file.resolveSibling("other"), text);
      Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
      Files.move(other, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String state(String key) throws IOException {
      return files.state(key);
    }

    @Override
    public String address(String key) {
      return files.address(key);
    }

    @Override
    public void close() {
      files.close();
    }
  }
}

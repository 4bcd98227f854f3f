package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.deliver.Mail;
import costlake.deliver.MailChannel;
import costlake.outbox.Outbox;
import costlake.testing.SmallDisk;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aLostLakeIsRestoredAndCarriesOn(LakeConfig.Format format) throws IOException {
    Lake lake = lake(format);
    SmallNight.run(lake, "night-1", "1");
    Lake.Copy first = lake.backup(backup());
    assertThat(first.copied()).isEqualTo(first.files());
    SmallNight.run(lake, "night-2", "2");
    Lake.Copy second = lake.backup(backup());
    assertThat(second.publication()).isEqualTo(2);
    assertThat(second.copied()).isPositive().isLessThan(second.files());
    assertThat(lake.backup(backup()).copied()).as("a backup of the same").isZero();
    Map<String, String> before = content(lake);
    Publication old = lake.publications().get(0);

    Lake restored = restored(format);
    assertThat(content(restored)).isEqualTo(before);
    assertThat(restored.read(old, SmallNight.TOTALS.name()).first().getDecimal(0))
        .as("the first night")
        .isEqualByComparingTo("2");
    SmallNight.run(restored, "night-3", "5");
    assertThat(restored.publication().orElseThrow().sequence()).isEqualTo(3);
    assertThat(restored.read(SmallNight.TOTALS.name()).first().getDecimal(0))
        .isEqualByComparingTo("6");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aBackupCutOffWhileItCopiesIsTheOneBefore(LakeConfig.Format format) throws IOException {
    Lake lake = backedUp(format);
    Map<String, String> before = content(lake);
    Path receipt = root().resolve("bronze/aws/2026-09/d1/_delivery.json");
    Files.createDirectories(receipt.getParent());
    Files.writeString(receipt, "{}");
    Set<Path> decide = deciding(backup().resolve("lake"));
    SmallNight.run(lake, "night-2", "2");
    assertThat(deciding(root()))
        .contains(root().relativize(receipt))
        .hasSizeGreaterThan(decide.size() + 1);
    cutOffAt(lake, newest(name -> name.endsWith(".parquet")));
    assertThat(deciding(backup().resolve("lake"))).isEqualTo(decide);

    Lake restored = restored(format);
    assertThat(restored.publication().orElseThrow().sequence()).isEqualTo(1);
    assertThat(content(restored)).isEqualTo(before);
    SmallNight.run(restored, "night-2-again", "5");
    assertThat(restored.read(SmallNight.TOTALS.name()).first().getDecimal(0))
        .isEqualByComparingTo("6");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aBackupCutOffWhenAllIsCopiedIsTheNewOne(LakeConfig.Format format) throws IOException {
    Lake lake = backedUp(format);
    SmallNight.run(lake, "night-2", "2");
    Map<String, String> after = content(lake);
    cutOffAt(lake, newest(name -> name.startsWith("journal")));
    assertThat(backup().resolve("next/complete")).exists();

    Lake restored = restored(format);
    assertThat(restored.publication().orElseThrow().sequence()).isEqualTo(2);
    assertThat(content(restored)).isEqualTo(after);

    SmallNight.run(restored, "night-3", "5");
    assertThat(restored.backup(backup()).publication()).isEqualTo(3);
    assertThat(backup().resolve("next/complete")).doesNotExist();
    Map<String, String> last = content(restored);
    assertThat(content(restored(format))).isEqualTo(last);
  }

  /** Returns the files below a folder that refer to other files of the lake. */
  private static Set<Path> deciding(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(Files::isRegularFile)
          .map(below::relativize)
          .filter(
              file ->
                  file.toString()
                      .matches("catalog\\.db|journal/\\d.*|.*/_delta_log/.*|.*/_delivery\\.json"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void aFolderWithPublicationsThatTheLakeNeverHadIsRefused() throws IOException {
    Lake lake = backedUp(LakeConfig.Format.ICEBERG);
    SmallNight.run(lake, "night-2", "2");
    lake.backup(backup());

    remove(root());
    Lake another = lake(LakeConfig.Format.ICEBERG);
    SmallNight.run(another, "anew-1", "1");
    assertThatThrownBy(() -> another.backup(backup()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it holds a publication that this lake never had (000000002.json)");
    SmallNight.run(another, "anew-2", "2");
    SmallNight.run(another, "anew-3", "3");
    assertThatThrownBy(() -> another.backup(backup()))
        .hasMessageContaining("it holds a publication that this lake never had (000000002.json)");
  }

  /** Creates a lake whose first night is in the backup. */
  private Lake backedUp(LakeConfig.Format format) {
    Lake lake = lake(format);
    SmallNight.run(lake, "night-1", "1");
    lake.backup(backup());
    return lake;
  }

  /**
   * Makes a backup fail at a file: a folder is in the way at the path to which the backup copies
   * the file.
   */
  private void cutOffAt(Lake lake, Path file) throws IOException {
    Path inTheWay = backup().resolve("lake").resolve(file);
    Files.deleteIfExists(inTheWay);
    Files.createDirectories(inTheWay.resolve("not-empty"));
    assertThatThrownBy(() -> lake.backup(backup()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it continues where it stopped");
    remove(inTheWay);
  }

  /** Returns the wanted file that the backup does not have yet; of several, the last by name. */
  private Path newest(Predicate<String> wanted) throws IOException {
    try (Stream<Path> walk = Files.walk(root())) {
      return walk.filter(Files::isRegularFile)
          .map(root()::relativize)
          .filter(file -> wanted.test(file.toString()))
          .filter(file -> !Files.exists(backup().resolve("lake").resolve(file)))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  /** Deletes the lake and restores it from the backup. */
  private Lake restored(LakeConfig.Format format) throws IOException {
    remove(root());
    Lake.restore(SparkHarness.lake(format, root()), backup());
    return lake(format);
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aLostLakeIsRestoredToAnotherPlaceAndCarriesOn(LakeConfig.Format format) throws IOException {
    Lake lake = backedUp(format);
    SmallNight.run(lake, "night-2", "2");
    lake.backup(backup());
    Map<String, String> before = content(lake);
    Publication old = lake.publications().get(0);
    remove(root());

    LakeConfig elsewhere = SparkHarness.lake(format, folder.resolve("new/place"));
    Lake.restore(elsewhere, backup());
    Lake restored = Lake.open(elsewhere, SparkHarness.session(elsewhere));
    assertThat(content(restored)).isEqualTo(before);
    assertThat(restored.read(old, SmallNight.TOTALS.name()).first().getDecimal(0))
        .as("the first night")
        .isEqualByComparingTo("2");
    SmallNight.run(restored, "night-3", "5");
    assertThat(restored.read(SmallNight.TOTALS.name()).first().getDecimal(0))
        .isEqualByComparingTo("6");
    assertThat(root()).doesNotExist();
    restored.backup(folder.resolve("another backup"));
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aLakeBehindALinkIsRestoredAndBackedUpAgain(LakeConfig.Format format) throws IOException {
    LakeConfig linked = behindLink(format, "disk");
    Lake lake = Lake.open(linked, SparkHarness.session(linked));
    SmallNight.run(lake, "night-1", "1");
    lake.backup(backup());
    emptied(folder.resolve("disk"));

    Lake.restore(linked, backup());
    assertThat(Path.of(linked.root())).isSymbolicLink();
    Lake restored = Lake.open(linked, SparkHarness.session(linked));
    SmallNight.run(restored, "night-2", "5");
    assertThat(restored.backup(backup()).publication()).isEqualTo(2);
    Map<String, String> content = content(restored);
    emptied(folder.resolve("disk"));

    LakeConfig other = behindLink(format, "other-disk");
    Lake.restore(other, backup());
    Path again = folder.resolve("backup-of-other");
    Lake.open(other, SparkHarness.session(other)).backup(again);
    emptied(folder.resolve("other-disk"));

    LakeConfig elsewhere = SparkHarness.lake(format, folder.resolve("elsewhere"));
    Lake.restore(elsewhere, again);
    Lake moved = Lake.open(elsewhere, SparkHarness.session(elsewhere));
    assertThat(content(moved)).isEqualTo(content);
    SmallNight.run(moved, "night-3", "7");
    assertThat(moved.read(SmallNight.TOTALS.name()).first().getDecimal(0))
        .isEqualByComparingTo("8");
  }

  private LakeConfig behindLink(LakeConfig.Format format, String disk) throws IOException {
    return SparkHarness.lake(
        format,
        Files.createSymbolicLink(
            folder.resolve("link-to-" + disk), Files.createDirectory(folder.resolve(disk))));
  }

  private static void emptied(Path disk) throws IOException {
    remove(disk);
    Files.createDirectory(disk);
  }

  @Test
  void aLakeIsRestoredToAMountedDisk() throws IOException {
    Map<String, String> content = content(backedUp(LakeConfig.Format.ICEBERG));
    remove(root());
    try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(root()), 8)) {
      assertThat(disk).isNotNull();
      Lake.restore(SparkHarness.lake(LakeConfig.Format.ICEBERG, root()), backup());
      assertThat(content(lake(LakeConfig.Format.ICEBERG))).isEqualTo(content);
    }
  }

  @Test
  void aRestoreThatIsCutOffIsNoLakeAndCarriesOn() throws IOException {
    Map<String, String> content = content(backedUp(LakeConfig.Format.ICEBERG));
    remove(root());
    Files.createDirectories(root().resolve(".restoring/warehouse"));
    Files.createDirectories(root().resolve("journal"));
    assertThatThrownBy(() -> lake(LakeConfig.Format.ICEBERG))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Run 'costlake restore' again");
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.ICEBERG, root());
    Path letter = Files.writeString(root().resolve("letter"), "dear");
    assertThatThrownBy(() -> Lake.restore(config, backup())).hasMessageContaining("not empty");
    Files.delete(letter);
    Lake.restore(config, backup());
    assertThat(content(lake(LakeConfig.Format.ICEBERG))).isEqualTo(content);
  }

  @Test
  void aTableThatLiesElsewhereIsNotCutToAPathOfTheLake() throws Exception {
    backedUp(LakeConfig.Format.ICEBERG);
    inCatalog(
        backup().resolve("lake"),
        "update iceberg_tables set metadata_location = 'file:/other/place/x.metadata.json'"
            + " where table_name = 'totals'");
    LakeConfig elsewhere =
        SparkHarness.lake(LakeConfig.Format.ICEBERG, folder.resolve("elsewhere"));
    assertThatThrownBy(() -> Lake.restore(elsewhere, backup()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "x.metadata.json, which is not below the former place of the lake, " + root());
  }

  @Test
  void aCopyOfALakeThatDoesNotSayWhereItIsIsRefused() throws IOException {
    SmallNight.run(lake(LakeConfig.Format.ICEBERG), "night-1", "1");
    Files.delete(root().resolve("lake.json"));
    Path copy = folder.resolve("copy");
    copyAll(root(), copy);
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.ICEBERG, copy);
    assertThatThrownBy(() -> Lake.open(config, SparkHarness.session(config)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("The lake at %s was copied or moved from %s:", copy, root());
    SmallNight.run(lake(LakeConfig.Format.ICEBERG), "night-2", "2");
    assertThat(root().resolve("lake.json")).exists();
  }

  private static void inCatalog(Path lake, String change) throws SQLException {
    try (Connection catalog =
            DriverManager.getConnection("jdbc:sqlite:" + lake.resolve("catalog.db"));
        Statement statement = catalog.createStatement()) {
      assertThat(statement.executeUpdate(change)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aCopiedLakeIsRefusedAndTheOriginalStays(LakeConfig.Format format) throws IOException {
    Lake lake = lake(format);
    SmallNight.run(lake, "night-1", "1");
    Map<String, String> before = content(lake);
    Path copy = folder.resolve("copy");
    copyAll(root(), copy);
    LakeConfig config = SparkHarness.lake(format, copy);
    assertThatThrownBy(() -> Lake.open(config, SparkHarness.session(config)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "The lake at %s was copied or moved from %s", copy.toRealPath(), root().toRealPath());
    Path link = Files.createSymbolicLink(folder.resolve("link"), root());
    LakeConfig linked = SparkHarness.lake(format, link);
    assertThat(content(Lake.open(linked, SparkHarness.session(linked)))).isEqualTo(before);
  }

  @Test
  void refusesToRestoreWhatIsNoBackupOrOverSomething() throws IOException {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.DELTA, root());
    assertThatThrownBy(() -> Lake.restore(config, folder.resolve("none")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("so it is not a backup");
    backedUp(LakeConfig.Format.DELTA);
    assertThatThrownBy(() -> Lake.restore(config, backup()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it is not empty");
  }

  @Test
  void restoresTablesThatAreNotInTheBackupToTheirOldPlaceOnly() throws IOException {
    backedUp(LakeConfig.Format.DELTA);
    LakeConfig.Catalog rest =
        new LakeConfig.Catalog(
            "lake", LakeConfig.CatalogType.REST, "http://127.0.0.1:1", null, Map.of());
    LakeConfig elsewhere =
        new LakeConfig(
            LakeConfig.Format.ICEBERG,
            folder.resolve("new").toString(),
            LakeConfig.NativeColumns.UNLISTED,
            rest);
    assertThatThrownBy(() -> Lake.restore(elsewhere, backup()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Restore it to that place");
  }

  @Test
  void refusesWhatWouldHarmOrBeWorthless() throws IOException {
    Lake lake = lake(LakeConfig.Format.DELTA);
    assertThatThrownBy(() -> lake.backup(backup()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no night has published");
    SmallNight.run(lake, "night-1", "1");
    assertThatThrownBy(() -> lake.backup(root().resolve("backup")))
        .hasMessageContaining("one folder is inside the other");
    Path link = Files.createSymbolicLink(folder.resolve("link"), root());
    assertThatThrownBy(() -> lake.backup(link.resolve("backup")))
        .hasMessageContaining("one folder is inside the other");
    Path others = Files.createDirectories(folder.resolve("home"));
    Path letter = Files.writeString(others.resolve("letter"), "dear");
    assertThatThrownBy(() -> lake.backup(others)).hasMessageContaining("it holds other files");
    assertThat(letter).exists();
    try (NightStage night = lake.begin("night-2")) {
      assertThat(night.before()).isPresent();
      assertThatThrownBy(() -> lake.backup(backup())).hasMessageContaining("night-2");
    }
    try (Outbox<Mail> sending = Outbox.open(lake, new MailChannel(), "send-1")) {
      assertThat(sending.changes()).isEmpty();
      assertThatThrownBy(() -> lake.backup(backup())).hasMessageContaining("send-1");
    }
    assertThat(backup()).doesNotExist();
  }

  private Path root() {
    return folder.resolve("lake");
  }

  private Path backup() {
    return folder.resolve("backup");
  }

  private Lake lake(LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, root());
    return Lake.open(config, SparkHarness.session(config));
  }

  private static Map<String, String> content(Lake lake) {
    Map<String, String> content = new TreeMap<>();
    for (TableSpec table : SmallNight.TABLES) {
      content.put(table.name().toString(), ContentHash.of(lake.read(table.name())));
    }
    return content;
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) walk.sorted((a, b) -> b.compareTo(a))::iterator) {
        Files.delete(path);
      }
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(
              path,
              target,
              StandardCopyOption.COPY_ATTRIBUTES,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}

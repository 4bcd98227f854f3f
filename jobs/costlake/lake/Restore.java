package costlake.lake;

import costlake.config.LakeConfig;
import costlake.core.AtomicFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Restores a lake from its backup, to its former place or to another place. Copies the backup to a
 * folder inside {@code lake.root}, which may be a mounted disk, then moves the files to {@code
 * lake.root}. While this folder exists, no command opens the lake.
 */
final class Restore {
  private static final String DISK_OWN = "lost+found";
  private static final String ASIDE = ".restoring";

  private final Backup.Kept kept;
  private final Path configured;
  private final boolean isWhole;

  private Restore(Backup.Kept kept, LakeConfig config) {
    this.kept = kept;
    this.configured = Path.of(config.root()).toAbsolutePath().normalize();
    this.isWhole =
        config.format() == LakeConfig.Format.DELTA
            || (config.catalog().isEmbedded() && config.catalog().warehouse() == null);
  }

  /**
   * Restores a lake.
   *
   * @param config configuration whose {@code lake.root} is missing or empty
   * @param backup folder of the backup
   * @throws Failure with exit code 2 if there is no backup, if {@code lake.root} is not empty, or
   *     if it is another place and the backup does not contain the catalog and all tables
   */
  static void run(LakeConfig config, Path backup) {
    Restore restore = new Restore(Backup.kept(backup), config);
    try {
      restore.refuseTaken();
      restore.refuseTablesElsewhere();
      restore.run();
    } catch (IOException | UncheckedIOException e) {
      throw Failure.internal(
          e,
          "Cannot restore %s to %s: %s. Free space or allow writing there, then run it again",
          backup,
          config.root(),
          FileErrors.whichAndWhy(e));
    }
  }

  /** Whether a restore to a folder was interrupted. */
  static boolean isUnfinished(Path root) {
    return Files.exists(root.resolve(ASIDE));
  }

  private void refuseTaken() throws IOException {
    if (!Files.exists(configured)) {
      return;
    }
    Set<String> others = names(configured);
    if (isUnfinished(configured)) {
      others.removeAll(ours());
    }
    if (!others.isEmpty()) {
      throw Failure.operator(
          "Cannot restore to %s: it is not empty. Move it away, or set lake.root to another folder",
          configured);
    }
  }

  /** Returns the names in a folder, except the folder {@code lost+found} of a file system. */
  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      Set<String> names = new TreeSet<>();
      list.forEach(path -> names.add(path.getFileName().toString()));
      names.remove(DISK_OWN);
      return names;
    }
  }

  /** Returns the files that an interrupted restore of this backup may leave. */
  private Set<String> ours() throws IOException {
    Set<String> ours = new TreeSet<>(List.of(ASIDE, LakeLocation.FILE));
    for (Path part : kept.parts()) {
      ours.addAll(names(part));
    }
    return ours;
  }

  private void refuseTablesElsewhere() {
    if (!isWhole && !kept.roots().contains(configured.toString())) {
      throw Failure.operator(
          """
          Cannot restore to %s: catalog or tables are not in the backup and belong to the lake at
          %s. Restore it to that place
          """,
          configured, String.join(" or ", kept.roots()));
    }
  }

  private void run() throws IOException {
    AtomicFile.makeFolder(configured);
    Path root = configured.toRealPath();
    Path aside = root.resolve(ASIDE);
    AtomicFile.makeFolder(aside);
    clear(root);
    for (Path part : kept.parts()) {
      Folders.copy(part, aside);
    }
    if (!allLeadTo(root)) {
      move(aside, new MovedRoot(kept.roots(), root.toString()));
    }
    LakeLocation.write(aside, root, null);
    for (String name : names(aside)) {
      AtomicFile.move(aside.resolve(name), root.resolve(name));
    }
    Files.delete(aside);
    AtomicFile.force(root);
  }

  /** Whether every former path of the lake leads to this folder. */
  private boolean allLeadTo(Path root) throws IOException {
    for (String known : kept.roots()) {
      if (!Files.exists(Path.of(known)) || !Files.isSameFile(Path.of(known), root)) {
        return false;
      }
    }
    return true;
  }

  /** Removes the files that an interrupted restore left. */
  private void clear(Path root) throws IOException {
    for (String name : names(root)) {
      if (!name.equals(ASIDE)) {
        Folders.remove(root.resolve(name));
      }
    }
    for (String name : names(root.resolve(ASIDE))) {
      Folders.remove(root.resolve(ASIDE).resolve(name));
    }
  }

  private void move(Path aside, MovedRoot root) throws IOException {
    if (isWhole && Files.exists(Sessions.embeddedCatalog(aside.toString()))) {
      new IcebergMove(aside, root).run();
    }
    Journal journal = new Journal(aside.toString(), new org.apache.hadoop.conf.Configuration());
    journal.all().forEach(publication -> journal.write(moved(publication, root)));
    journal.dropUnnamed();
  }

  private static Publication moved(Publication publication, MovedRoot root) {
    return publication.of(
        publication.deliveries().stream().map(delivery -> moved(delivery, root)).toList());
  }

  private static Delivery moved(Delivery delivery, MovedRoot root) {
    return delivery.of(
        delivery.files().stream().map(file -> file.at(root.moved(file.path()))).toList());
  }
}

package costlake.lake;

import costlake.config.LakeConfig;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Folders;
import costlake.core.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A lake made again from its backup, at its old place or at another one. It is made beside its
 * place and appears there whole.
 */
final class Restore {
  private final Backup.Kept kept;
  private final Path root;
  private final Path aside;

  private Restore(Backup.Kept kept, Path root) {
    this.kept = kept;
    this.root = root;
    this.aside = root.resolveSibling(root.getFileName() + ".restoring");
  }

  /**
   * Restores.
   *
   * @param config whose root is missing or empty
   * @param backup folder of the backup
   * @throws Failure of the operator's family when there is no backup, the place is taken, or it is
   *     another one and the backup does not hold the tables
   */
  static void run(LakeConfig config, Path backup) {
    Path root = Path.of(config.root());
    Restore restore = new Restore(Backup.kept(backup), root.toAbsolutePath().normalize());
    restore.refuseTaken();
    restore.refuseTablesElsewhere(config);
    try {
      restore.run();
    } catch (IOException | UncheckedIOException e) {
      throw Failure.internal(
          "Cannot restore %s to %s: %s. Free space or allow writing there, then run it again"
              .formatted(backup, root, e.getMessage()),
          e);
    }
  }

  private void refuseTaken() {
    String[] names = root.toFile().list();
    if (Files.exists(root) && (names == null || names.length > 0)) {
      throw Failure.operator(
          "Cannot restore to %s: it is not empty. Move it away, or set lake.root to another folder"
              .formatted(root));
    }
  }

  private void refuseTablesElsewhere(LakeConfig config) {
    boolean isWhole =
        config.format() == LakeConfig.Format.DELTA
            || (config.catalog().isEmbedded() && config.catalog().warehouse() == null);
    if (!isWhole && !root.toString().equals(kept.root())) {
      throw Failure.operator(
          "Cannot restore to %s: catalog or tables are not in the backup and belong to the lake at %s. Restore it to that place"
              .formatted(root, kept.root()));
    }
  }

  private void run() throws IOException {
    Folders.remove(aside);
    for (Path part : kept.parts()) {
      Folders.copy(part, aside);
    }
    String to = realParent().resolve(root.getFileName()).toString();
    if (!to.equals(kept.root())) {
      move(kept.root(), to);
    }
    Place.write(aside, root);
    Files.deleteIfExists(root);
    WholeFile.move(aside, root);
  }

  private Path realParent() throws IOException {
    return Files.createDirectories(root.getParent()).toRealPath();
  }

  private void move(String from, String to) throws IOException {
    if (Files.exists(Sessions.embeddedCatalog(aside.toString()))) {
      new IcebergMove(aside, from, to).run();
    }
    Journal journal = new Journal(aside.toString(), new org.apache.hadoop.conf.Configuration());
    journal.all().forEach(publication -> journal.write(moved(publication, from, to)));
    journal.dropUnnamed();
  }

  private static Publication moved(Publication publication, String from, String to) {
    UnaryOperator<String> path =
        file -> file.startsWith(from + "/") ? to + file.substring(from.length()) : file;
    return publication.of(
        publication.deliveries().stream().map(delivery -> moved(delivery, path)).toList());
  }

  private static Delivery moved(Delivery delivery, UnaryOperator<String> path) {
    return delivery.of(
        delivery.files().stream().map(file -> file.at(path.apply(file.path()))).toList());
  }
}

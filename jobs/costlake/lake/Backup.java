package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A copy of the folder of a lake, brought up to date by copying what is new. Its caller holds the
 * locks. Files that decide which others count (catalog, logs of Delta tables, receipts of
 * deliveries, decisions, journal) are copied to {@code next/} first; when all are copied, a mark is
 * set, and they are moved to their places. All that was copied is forced to disk before the mark is
 * set, and what was moved before it is removed. What is gone is removed last. So a copy that was
 * cut off is the one before or, where the mark is, the new one with what {@code next/} still holds
 * over it.
 */
final class Backup {
  /**
   * Identifies the lake of a backup; stored in the folder of the backup. Tables name their files by
   * absolute paths, with the root that was configured when the table was created: with links a lake
   * has several.
   *
   * @param root where the lake is
   * @param also other paths that led there
   */
  private record Label(@JsonProperty("root") String root, @JsonProperty("also") Set<String> also) {
    Label {
      also = also == null ? Set.of() : Set.copyOf(also);
    }

    Set<String> roots() {
      Set<String> roots = new TreeSet<>(also);
      roots.add(root);
      return roots;
    }
  }

  /**
   * Content of a backup.
   *
   * @param roots paths of the place where the lake was
   * @param parts folders to lay over each other, in this order
   */
  record Kept(Set<String> roots, List<Path> parts) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABEL = "backup.json";
  private static final String ASIDE = ".copying";
  private static final String JOURNAL = "journal";
  private static final String DELIVERY = "_delivery.json";
  private static final Path DELTA_LOG = Path.of("_delta_log");

  private final Path root;
  private final Set<String> roots;
  private final Path folder;
  private final Path lake;
  private final Path next;
  private final Path mark;
  private final Set<Path> changed = new HashSet<>();
  private long copied;
  private long bytes;

  private Backup(Path configured, Path folder) throws IOException {
    this.root = configured.toRealPath();
    this.roots =
        new TreeSet<>(List.of(root.toString(), configured.toAbsolutePath().normalize().toString()));
    this.folder = folder.toAbsolutePath().normalize();
    this.lake = this.folder.resolve("lake");
    this.next = this.folder.resolve("next/lake");
    this.mark = this.folder.resolve("next/complete");
  }

  static Lake.Copy of(Path root, Path folder, long publication) {
    try {
      Backup backup = new Backup(root, folder);
      backup.refuseUnusableFolder();
      backup.refuseAnotherHistory();
      return backup.copy(publication);
    } catch (IOException | UncheckedIOException e) {
      throw Failure.internal(
          e,
          """
          Cannot back up %s to %s: %s. Free space or allow writing there, then run it again; it
          continues where it stopped
          """,
          root,
          folder,
          FileErrors.whichAndWhy(e));
    }
  }

  /**
   * The newest state in a backup.
   *
   * @throws Failure with exit code 2 if the folder is no backup
   */
  static Kept kept(Path folder) {
    Path next = folder.resolve("next");
    try {
      Set<String> roots = label(folder).roots();
      return Files.exists(next.resolve("complete"))
          ? new Kept(roots, List.of(folder.resolve("lake"), next.resolve("lake")))
          : new Kept(roots, List.of(folder.resolve("lake")));
    } catch (IOException e) {
      throw Failure.operator(
          e,
          """
          Cannot restore from %s: it has no %s, so it is not a backup. Give a folder that 'costlake
          backup' wrote
          """,
          folder,
          LABEL);
    }
  }

  /** The real path of a folder that may not be there yet. */
  private static Path real(Path folder) throws IOException {
    Path existing = Folders.existing(folder);
    return existing.toRealPath().resolve(existing.relativize(folder));
  }

  private void refuseUnusableFolder() throws IOException {
    Path real = real(folder);
    if (real.startsWith(root) || root.startsWith(real)) {
      throw Failure.operator(
          """
          Cannot back up %s to %s: one folder is inside the other. Give a folder elsewhere, best on
          another disk
          """,
          root, folder);
    }
    try {
      Label label = label(folder);
      if (Collections.disjoint(label.roots(), roots)) {
        throw Failure.operator(
            "Cannot back up %s to %s: it holds the backup of %s. Give another folder",
            root, folder, label.root());
      }
    } catch (IOException noLabel) {
      if (!isEmpty()) {
        throw Failure.operator(
            """
            Cannot back up to %s: it holds other files, and a backup removes files that the lake
            does not have. Give an empty folder
            """,
            folder);
      }
    }
  }

  /**
   * The newest publication of the backup must be one of this lake; this lake may have pruned
   * earlier ones.
   */
  private void refuseAnotherHistory() throws IOException {
    NavigableMap<Path, Path> theirs = publications(lake);
    if (Files.exists(mark)) {
      theirs.putAll(publications(next));
    }
    NavigableMap<Path, Path> ours = publications(root);
    if (theirs.isEmpty() || ours.floorKey(theirs.lastKey()) == null) {
      return;
    }
    Path newest = theirs.lastKey();
    if (!ours.containsKey(newest) || Files.mismatch(ours.get(newest), theirs.get(newest)) >= 0) {
      throw Failure.operator(
          """
          Cannot back up %s to %s: it holds a publication that this lake never had (%s). Give
          another folder
          """,
          root, folder, newest);
    }
  }

  private static NavigableMap<Path, Path> publications(Path of) throws IOException {
    Path journal = of.resolve(JOURNAL);
    NavigableMap<Path, Path> entries = new TreeMap<>();
    for (Path file : files(journal)) {
      if (file.getNameCount() == 1) {
        entries.put(file, journal.resolve(file));
      }
    }
    return entries;
  }

  private boolean isEmpty() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(AtomicFile.aside(folder.resolve(LABEL))::equals);
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Lake.Copy copy(long publication) throws IOException {
    label();
    if (Files.exists(mark)) {
      moveDeciding();
    }
    removeAllBut(Set.of(), next);
    List<Path> files = files(root);
    for (Path file : files) {
      copy(file, decides(file) ? next : lake);
    }
    forceCopied();
    AtomicFile.write(mark, new byte[0]);
    moveDeciding();
    return new Lake.Copy(
        publication, files.size(), copied, bytes, removeAllBut(new HashSet<>(files), lake));
  }

  private static Label label(Path folder) throws IOException {
    return JSON.readValue(folder.resolve(LABEL).toFile(), Label.class);
  }

  /** Paths that led to the lake once stay in the label: tables may name them still. */
  private void label() throws IOException {
    Set<String> also = new TreeSet<>(roots);
    if (Files.exists(folder.resolve(LABEL))) {
      also.addAll(label(folder).roots());
    }
    also.remove(root.toString());
    AtomicFile.write(
        folder.resolve(LABEL), JSON.writeValueAsBytes(new Label(root.toString(), also)));
  }

  private void moveDeciding() throws IOException {
    for (Path file : files(next)) {
      Path target = lake.resolve(file);
      Files.createDirectories(target.getParent());
      Files.move(
          next.resolve(file),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      changed.add(target.getParent());
    }
    forceCopied();
    Files.delete(mark);
    AtomicFile.force(Folders.above(mark));
  }

  /** The files of a lake; paths are relative. */
  private static List<Path> files(Path below) throws IOException {
    if (!Files.exists(below)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(Files::isRegularFile)
          .map(below::relativize)
          .filter(file -> !isOfARun(file))
          .sorted()
          .toList();
    }
  }

  private static boolean isOfARun(Path file) {
    return file.startsWith("stage")
        || (file.getNameCount() == 1 && file.toString().endsWith(".lock"));
  }

  /** Whether a file decides which other files count. */
  private static boolean decides(Path file) {
    String first = file.getName(0).toString();
    return first.startsWith("catalog.db")
        || first.equals(CloseDecisionKind.FOLDER)
        || first.equals(Decisions.FOLDER)
        || first.equals(JOURNAL)
        || file.endsWith(DELIVERY)
        || StreamSupport.stream(file.spliterator(), false).anyMatch(DELTA_LOG::equals);
  }

  /** Copies a file if the backup lacks it or has another version; into the backup or aside. */
  private void copy(Path file, Path to) throws IOException {
    Path source = root.resolve(file);
    Path known = lake.resolve(file);
    if (Files.exists(known)
        && Files.size(known) == Files.size(source)
        && modifiedAtMs(known) == modifiedAtMs(source)) {
      return;
    }
    Path target = to.resolve(file);
    Files.createDirectories(target.getParent());
    Path aside = target.resolveSibling(target.getFileName() + ASIDE);
    Files.copy(
        source, aside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    AtomicFile.force(aside);
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    changed.add(target.getParent());
    copied++;
    bytes += Files.size(target);
  }

  /** Forces the folder entries of copied and moved files to disk, and those of new folders. */
  private void forceCopied() throws IOException {
    Set<Path> folders = new HashSet<>();
    for (Path path : changed) {
      for (Path above = path; above.startsWith(folder); above = Folders.above(above)) {
        folders.add(above);
      }
    }
    for (Path path : folders) {
      AtomicFile.force(path);
    }
    changed.clear();
  }

  /** Copying a file's time may cut it to microseconds. */
  private static long modifiedAtMs(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  private static long removeAllBut(Set<Path> kept, Path below) throws IOException {
    long removed = 0;
    for (Path file : files(below)) {
      if (!kept.contains(file)) {
        Files.delete(below.resolve(file));
        removed++;
      }
    }
    return removed;
  }
}

package costlake.lake;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The publications of a lake, below {@code journal/}, and their deliveries. */
final class Journal {
  private static final String FOLDER = "journal";

  private final JournalFiles<JournalEntry> files;
  private final DeliveryFiles deliveries;
  private final HashFiles hashes;

  Journal(String root, Configuration hadoop) {
    this.files =
        new JournalFiles<>(
            root, FOLDER, json -> JournalFiles.JSON.readValue(json, JournalEntry.class), hadoop);
    this.deliveries = new DeliveryFiles(java.nio.file.Path.of(root, FOLDER, "deliveries"));
    this.hashes = new HashFiles(java.nio.file.Path.of(root, FOLDER, "hashes"));
  }

  private Publication read(Path path) {
    return files.read(path).publication(deliveries);
  }

  /** Returns the publication that readers see. */
  Optional<Publication> current() {
    return files.newestFirst().stream()
        .map(this::read)
        .filter(p -> p.state() == Publication.State.PUBLISHED)
        .findFirst();
  }

  /** Returns a publication that was interrupted. */
  Optional<Publication> pending() {
    return newest().filter(p -> p.state() == Publication.State.PUBLISHING);
  }

  /** Returns the number of the next publication. */
  long nextSequence() {
    return newest().map(Publication::sequence).orElse(0L) + 1;
  }

  /** Returns every publication, oldest first. */
  List<Publication> all() {
    return files.newestFirst().stream()
        .map(this::read)
        .sorted(Comparator.comparingLong(Publication::sequence))
        .toList();
  }

  /** Removes publications older than a moment, except the one that readers see. */
  void prune(Instant before) {
    Optional<Publication> current = current();
    for (Path path : files.newestFirst()) {
      Publication publication = read(path);
      if (publication.at().isBefore(before) && !current.equals(Optional.of(publication))) {
        files.delete(path);
      }
    }
    dropUnnamed();
  }

  /** Removes deliveries and hashes that no publication names. */
  void dropUnnamed() {
    List<JournalEntry> entries = files.newestFirst().stream().map(files::read).toList();
    deliveries.keepOnly(
        entries.stream().flatMap(JournalEntry::deliveryFiles).collect(Collectors.toSet()));
    hashes.keepOnly(entries.stream().flatMap(JournalEntry::hashFiles).collect(Collectors.toSet()));
  }

  /** Returns the files of content hashes. */
  HashFiles hashes() {
    return hashes;
  }

  /** Writes a publication. Replaces the earlier state of the same publication. */
  void write(Publication publication) {
    files.write(publication.sequence(), JournalEntry.of(publication, deliveries));
  }

  private Optional<Publication> newest() {
    return files.newestFirst().stream().findFirst().map(this::read);
  }
}

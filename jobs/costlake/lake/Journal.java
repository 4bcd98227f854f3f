package costlake.lake;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The publications of a lake, below {@code journal/}. */
final class Journal {
  private final JournalFiles<Publication> files;

  Journal(String root, Configuration hadoop) {
    this.files = new JournalFiles<>(root, "journal", Publication.class, hadoop);
  }

  /** The publication that readers see. */
  Optional<Publication> current() {
    return files.newestFirst().stream()
        .map(files::read)
        .filter(p -> p.state() == Publication.State.PUBLISHED)
        .findFirst();
  }

  /** A publication that began and did not end. */
  Optional<Publication> pending() {
    return newest().filter(p -> p.state() == Publication.State.PUBLISHING);
  }

  /** The number that the next publication gets. */
  long nextSequence() {
    return newest().map(Publication::sequence).orElse(0L) + 1;
  }

  /** Every publication, oldest first. */
  List<Publication> all() {
    return files.newestFirst().stream()
        .map(files::read)
        .sorted(Comparator.comparingLong(Publication::sequence))
        .toList();
  }

  /** Removes publications older than a moment; the one that readers see stays. */
  void prune(Instant before) {
    Optional<Publication> current = current();
    for (Path path : files.newestFirst()) {
      Publication publication = files.read(path);
      if (publication.at().isBefore(before) && !current.equals(Optional.of(publication))) {
        files.delete(path);
      }
    }
  }

  /** Writes a publication in its state; an earlier state of it is replaced. */
  void write(Publication publication) {
    files.write(publication.sequence(), publication);
  }

  private Optional<Publication> newest() {
    return files.newestFirst().stream().findFirst().map(files::read);
  }
}

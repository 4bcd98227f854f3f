package costlake.price;

import costlake.core.Failure;
import costlake.land.RejectList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what could not be priced: counts all, keeps the first, and lists all in a file. */
final class RejectedRequests implements AutoCloseable {
  private static final int FIRST = 5;

  private final @Nullable RejectList list;
  private final List<String> first = new ArrayList<>();
  private long count;

  private RejectedRequests(@Nullable RejectList list) {
    this.list = list;
  }

  /**
   * Creates an empty collection.
   *
   * @param file the list to write if there are any; null for none
   */
  static RejectedRequests in(@Nullable Path file) {
    if (file == null) {
      return new RejectedRequests(null);
    }
    if (Files.exists(file)) {
      throw Failure.operator(
          "Cannot write %s: it already exists. Remove it, or name another file with --rejects.",
          file);
    }
    return new RejectedRequests(RejectList.at(file, "file", "row", "reason"));
  }

  void add(Path traffic, String unit, long row, String reason) {
    count++;
    if (first.size() < FIRST) {
      first.add(traffic + " " + unit + " " + row + ": " + reason);
    }
    if (list != null) {
      list.add(traffic.toString(), Long.toString(row), reason);
    }
  }

  long count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }

  @Override
  public void close() {
    if (list != null) {
      list.close();
    }
  }
}

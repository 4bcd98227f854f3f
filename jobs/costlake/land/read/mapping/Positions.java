package costlake.land.read.mapping;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Names of the columns of a file without a header, if the configuration names them by their number:
 * {@code columns: {job_id_raw: 1, cluster: 2}}.
 */
final class Positions {
  private static final String NUMBER = "[1-9][0-9]{0,3}";

  private Positions() {}

  /** Returns 1, 2 and so on up to the largest number; empty if not every name is a number. */
  static Optional<List<String>> of(Map<String, String> names) {
    Collection<String> numbers = names.values();
    if (numbers.isEmpty() || !numbers.stream().allMatch(name -> name.matches(NUMBER))) {
      return Optional.empty();
    }
    int last = Collections.max(numbers.stream().map(Integer::valueOf).toList());
    return Optional.of(IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList());
  }
}

package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant AT = Instant.parse("2026-09-30T03:00:00.123456Z");
  private static final int FILES = 500;

  @TempDir Path root;

  private Journal journal() {
    return new Journal(root.toString(), new Configuration());
  }

  private static Delivery delivery(String id, long rows) {
    List<DeliveredFile> files =
        IntStream.range(0, FILES)
            .mapToObj(i -> new DeliveredFile("/lake/bronze/a/" + id + "/" + i, 10, "ab", rows, 0))
            .toList();
    return new Delivery(
        "a", "aws-cur", LocalDate.of(2026, 9, 1), id, files, AT, "n", Delivery.Status.CURRENT);
  }

  private static Publication publication(long sequence, Delivery... deliveries) {
    return new Publication(
        sequence,
        "night-" + sequence,
        Publication.State.PUBLISHED,
        AT.plus(Duration.ofDays(sequence)),
        Map.of(),
        Map.of("focus.cost_and_usage", "1"),
        List.of(deliveries),
        Map.of(),
        Map.of());
  }

  private List<Path> deliveryFiles() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("journal/deliveries"))) {
      return files.toList();
    }
  }

  @Test
  void anEntryNamesItsDeliveriesAndDoesNotRepeatTheirFiles() throws IOException {
    Publication first = publication(1, delivery("d1", 1));
    Publication second = publication(2, delivery("d1", 1), delivery("d2", 1));
    journal().write(first);
    journal().write(second);
    assertThat(journal().all()).containsExactly(first, second);
    assertThat(deliveryFiles()).hasSize(2);
    assertThat(Files.size(root.resolve("journal/000000002.json"))).isLessThan(1000);
  }

  @Test
  void aDeliveryOfTheSameNameWithOtherFilesIsKeptApart() {
    Publication first = publication(1, delivery("d1", 1));
    Publication second = publication(2, delivery("d1", 2));
    journal().write(first);
    journal().write(second);
    assertThat(journal().all()).containsExactly(first, second);
  }

  @Test
  void deliveriesGoWithTheLastEntryThatNamesThem() throws IOException {
    journal().write(publication(1, delivery("d1", 1), delivery("d2", 1)));
    Publication second = publication(2, delivery("d2", 1));
    journal().write(second);
    journal().prune(second.at());
    assertThat(journal().all()).containsExactly(second);
    assertThat(deliveryFiles()).hasSize(1);
  }

  /** An entry in the format of older versions, which had no separate files for deliveries. */
  private static final String WITH_ITS_DELIVERIES =
      """
      {"sequence":1,"runId":"night-1","state":"PUBLISHED","at":"2026-10-01T03:00:00.123456Z",
       "targets":{"focus.cost_and_usage":"1"},"versions":{"focus.cost_and_usage":"1"},
       "deliveries":[{"sourceId":"a","kind":"aws-cur","billingPeriod":"2026-09-01","deliveryId":"d1",
         "files":[{"path":"/lake/bronze/a/d1/0","bytes":10,"sha256":"ab","rows":1,"rejected":2}],
         "landedAt":"2026-09-30T03:00:00.123456Z","runId":"n","status":"CURRENT"}],
       "facts":{"models":"5f"}}
      """;

  @Test
  void anEntryThatHoldsItsDeliveriesIsRead() throws IOException {
    Files.createDirectories(root.resolve("journal"));
    Files.writeString(root.resolve("journal/000000001.json"), WITH_ITS_DELIVERIES);
    Publication first = journal().current().orElseThrow();
    assertThat(first.facts()).containsEntry("models", "5f");
    assertThat(first.deliveries())
        .containsExactly(
            new Delivery(
                "a",
                "aws-cur",
                LocalDate.of(2026, 9, 1),
                "d1",
                List.of(new DeliveredFile("/lake/bronze/a/d1/0", 10, "ab", 1, 2)),
                AT,
                "n",
                Delivery.Status.CURRENT));

    Publication second = publication(2, first.deliveries().get(0));
    journal().write(second);
    journal().dropUnnamed();
    assertThat(journal().all()).containsExactly(first, second);
    journal().write(first);
    assertThat(deliveryFiles()).hasSize(1);
    assertThat(journal().all()).containsExactly(first, second);
  }

  @Test
  void aMissingDeliveryIsNamed() throws IOException {
    journal().write(publication(1, delivery("d1", 1)));
    Path file = deliveryFiles().get(0);
    Files.delete(file);
    assertThatThrownBy(() -> journal().current())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot read the journal " + file);
  }
}

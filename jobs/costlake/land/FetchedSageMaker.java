package costlake.land;

import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.config.Config;
import costlake.config.Source;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.land.sagemaker.SageMakerAccount;
import costlake.land.sagemaker.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Describes the jobs of this month and of the month before, by the month of their creation; the
 * first time, all jobs. Describes the endpoints and notebooks that exist, beside their earlier
 * descriptions in the pinned delivery of the month.
 */
final class FetchedSageMaker implements FetchedSource {
  private static final String JOBS = "jobs.jsonl";
  private static final String STANDING = "standing.jsonl";

  private final Config config;
  private final Source source;
  private final Clock clock;

  FetchedSageMaker(Config config, Source source, Clock clock) {
    this.config = config;
    this.source = source;
    this.clock = clock;
  }

  @Override
  public void fetch(Path folder) {
    Instant now = clock.instant();
    BillingPeriod current = BillingPeriod.of(LocalDate.ofInstant(now, ZoneOffset.UTC));
    BillingPeriod before = BillingPeriod.of(current.firstDay().minusMonths(1));
    try (SageMakerAccount account = account()) {
      account.jobs(
          isFirst() ? Instant.EPOCH : before.start(), job -> append(folder, month(job), JOBS, job));
      List<ObjectNode> standing = new ArrayList<>();
      account.standing(standing::add);
      for (BillingPeriod month : List.of(before, current)) {
        Snapshots snapshots = earlier(month);
        standing.forEach(one -> snapshots.add(one, now));
        snapshots.all().forEach(one -> append(folder, month, STANDING, one));
      }
    } catch (UncheckedIOException e) {
      throw PinnedPaths.unwritable(folder, new IOException(e));
    }
  }

  @Override
  public void reach() {
    try (SageMakerAccount account = account()) {
      account.reach();
    }
  }

  private SageMakerAccount account() {
    return new SageMakerAccount(source.id(), Objects.requireNonNull(source.url()));
  }

  /** Whether no delivery of the source is pinned. */
  private boolean isFirst() {
    Path pins = PinnedPaths.root(config).resolve(source.id());
    try (Stream<Path> months = Files.list(pins)) {
      return months.allMatch(month -> month.getFileName().toString().startsWith("."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BillingPeriod month(ObjectNode job) {
    String created = job.path("CreationTime").asText();
    if (created.isEmpty()) {
      throw Failure.data(
          "Cannot use a description of SageMaker for source '%s', because it has no CreationTime: %s",
          source.id(), job);
    }
    return BillingPeriod.of(LocalDate.ofInstant(Instant.parse(created), ZoneOffset.UTC));
  }

  /** Reads the descriptions in the newest pinned delivery of a month. */
  private Snapshots earlier(BillingPeriod month) {
    Snapshots snapshots = new Snapshots(month.end());
    Path folder = PinnedPaths.period(config, source, month.firstDay());
    Receipt.below(folder).stream()
        .max(Comparator.comparing(receipt -> Instant.parse(receipt.landedAt())))
        .map(receipt -> folder.resolve(receipt.deliveryId()).resolve(STANDING))
        .filter(Files::exists)
        .ifPresent(snapshots::read);
    return snapshots;
  }

  private static void append(
      Path folder, BillingPeriod month, String name, ObjectNode description) {
    try {
      Path file = Files.createDirectories(folder.resolve(month.toString())).resolve(name);
      Files.writeString(
          file, description + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

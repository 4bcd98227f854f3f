package costlake.watch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.DeviceCounts;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the jobs that run now from the output of {@code squeue --json}, which cron writes. */
final class Squeue {
  /** A file that cron writes every hour is not older. */
  private static final Duration AGE_MAX = Duration.ofMinutes(90);

  private static final String RUNNING = "RUNNING";

  /**
   * A running job with accelerators.
   *
   * @param id number of the job, of an array task with its number: {@code 7_2}
   * @param run number that all attempts share
   * @param model type of its accelerators as Slurm names it; null if it does not
   */
  record Job(
      String cluster,
      String id,
      String run,
      String nodes,
      @Nullable String account,
      @Nullable String model,
      BigDecimal accelerators,
      Instant start,
      Map<String, String> labels) {}

  private final String cluster;
  private final Path file;

  private Squeue(String cluster, Path file) {
    this.cluster = cluster;
    this.file = file;
  }

  /**
   * Reads the running jobs of a cluster that hold accelerators.
   *
   * @throws Failure with exit code 2 if the file is missing, too old, or newer than the watch; with
   *     exit code 3 if it is not the output of squeue
   */
  static List<Job> jobs(String cluster, Path file, Instant at) {
    return new Squeue(cluster, file).jobs(at);
  }

  private List<Job> jobs(Instant at) {
    JsonNode document = document();
    if (!document.path("jobs").isArray()) {
      throw unreadable("it has no list 'jobs'", null);
    }
    refuseOtherTime(written(document), at);
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : document.path("jobs")) {
      job(job).ifPresent(jobs::add);
    }
    return jobs;
  }

  private JsonNode document() {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (JacksonException e) {
      throw unreadable(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot watch %s: the file of watch.squeue cannot be read: %s: %s",
          cluster,
          file,
          FileErrors.why(e));
    }
  }

  private Failure unreadable(String why, @Nullable Exception cause) {
    return Failure.data(
        cause,
        """
        Cannot watch %s: %s is not the output of 'squeue --json': %s. Let cron write it to another
        file and then rename that.
        """,
        cluster,
        file,
        why);
  }

  private Instant written(JsonNode document) {
    long update = number(document.path("last_update"));
    try {
      return update > 0
          ? Instant.ofEpochSecond(update)
          : Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot watch %s: %s", cluster, FileErrors.why(e));
    }
  }

  private void refuseOtherTime(Instant written, Instant at) {
    if (written.isBefore(at.minus(AGE_MAX)) || written.isAfter(at.plus(LiveCluster.APART_MAX))) {
      throw Failure.operator(
          "Cannot watch %s at %s: %s is of %s. Check the cron job that writes it, and the clocks.",
          cluster, at, file, written);
    }
  }

  private Optional<Job> job(JsonNode job) {
    long start = number(job.path("start_time"));
    Optional<DeviceCounts> devices = DeviceCounts.of(text(job, "tres_alloc_str"), null);
    return !state(job).contains(RUNNING) || start <= 0 || devices.isEmpty()
        ? Optional.empty()
        : Optional.of(job(job, devices.get(), Instant.ofEpochSecond(start)));
  }

  private Job job(JsonNode job, DeviceCounts devices, Instant start) {
    String run = job.path("job_id").asText();
    long array = number(job.path("array_job_id"));
    return new Job(
        cluster,
        array > 0 ? array + "_" + number(job.path("array_task_id")) : run,
        run,
        Optional.ofNullable(text(job, "nodes")).orElse(""),
        text(job, "account"),
        devices.model(),
        devices.all().subtract(devices.slices()),
        start,
        labels(job));
  }

  private static Map<String, String> labels(JsonNode job) {
    Map<String, String> labels = new TreeMap<>();
    Map.of(
            "account", "account",
            "user", "user_name",
            "partition", "partition",
            "qos", "qos",
            "job_name", "name")
        .forEach(
            (label, field) ->
                Optional.ofNullable(text(job, field)).ifPresent(text -> labels.put(label, text)));
    return labels;
  }

  /** Returns the state, or the list of the state and its flags. */
  private static List<String> state(JsonNode job) {
    JsonNode state = job.path("job_state");
    List<String> all = new ArrayList<>();
    state.forEach(one -> all.add(one.asText()));
    return state.isTextual() ? List.of(state.asText()) : all;
  }

  /** Returns a number, which newer versions write as an object; 0 if it is not set. */
  private static long number(JsonNode value) {
    return value.isObject() ? value.path("number").asLong() : value.asLong();
  }

  private static @Nullable String text(JsonNode job, String field) {
    String text = job.path(field).asText();
    return text.isEmpty() ? null : text;
  }
}

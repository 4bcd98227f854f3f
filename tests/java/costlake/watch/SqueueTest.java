package costlake.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqueueTest {
  private static final Instant AT = Instant.parse("2026-09-30T10:20:00Z");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("squeue.json");
  }

  private List<Squeue.Job> jobs(String text) throws IOException {
    Files.writeString(file, text);
    return Squeue.jobs("hpc", file, AT);
  }

  private static String document(String update, String... jobs) {
    return "{\"jobs\":[%s],\"last_update\":%s}".formatted(String.join(",", jobs), update);
  }

  private static String now() {
    return "{\"set\":true,\"infinite\":false,\"number\":%d}".formatted(AT.getEpochSecond());
  }

  @Test
  void readsRunningJobsWithAcceleratorsOfBothSpellings() throws IOException {
    assertThat(
            jobs(
                document(
                    now(),
                    """
                    {"job_id":7,"array_job_id":{"set":true,"number":0},"job_state":["RUNNING"],"account":"vision",
                     "user_name":"ann","partition":"gpu","qos":"normal","name":"fit","nodes":"gpu[01-02]",
                     "tres_alloc_str":"cpu=64,mem=512G,node=2,gres/gpu=16,gres/gpu:a100=16",
                     "start_time":{"set":true,"infinite":false,"number":1790748000}}""",
                    """
                    {"job_id":9,"array_job_id":8,"array_task_id":3,"job_state":"RUNNING","nodes":"gpu03",
                     "tres_alloc_str":"cpu=8,gres/gpu=1","start_time":1790748000}""",
                    """
                    {"job_id":10,"job_state":["PENDING"],"tres_alloc_str":"gres/gpu=8","start_time":{"number":0}}""",
                    """
                    {"job_id":11,"job_state":["RUNNING"],"tres_alloc_str":"cpu=8","start_time":1790748000}""")))
        .containsExactly(
            new Squeue.Job(
                "hpc",
                "7",
                "7",
                "gpu[01-02]",
                "vision",
                "a100",
                new BigDecimal("16"),
                Instant.ofEpochSecond(1790748000),
                Map.of(
                    "account",
                    "vision",
                    "user",
                    "ann",
                    "partition",
                    "gpu",
                    "qos",
                    "normal",
                    "job_name",
                    "fit")),
            new Squeue.Job(
                "hpc",
                "8_3",
                "9",
                "gpu03",
                null,
                null,
                BigDecimal.ONE,
                Instant.ofEpochSecond(1790748000),
                Map.of()));
  }

  @Test
  void refusesAFileOfAnotherTime() {
    for (String time : List.of("2026-09-30T08:00:00Z", "2026-09-30T11:00:00Z")) {
      assertThatThrownBy(() -> jobs(document("" + Instant.parse(time).getEpochSecond())))
          .isInstanceOf(Failure.class)
          .hasMessage(
              "Cannot watch hpc at 2026-09-30T10:20:00Z: %s is of %s. Check the cron job that writes it, and the clocks.",
              file, time);
    }
  }

  @Test
  void refusesWhatIsNotTheOutputOfSqueue() {
    assertThatThrownBy(() -> jobs("{\"jobs\":[{"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not the output of 'squeue --json': Unexpected end-of-input")
        .hasMessageContaining("then rename that");
    assertThatThrownBy(() -> jobs("{}"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it has no list 'jobs'");
    assertThatThrownBy(() -> Squeue.jobs("hpc", folder.resolve("none.json"), AT))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot watch hpc: the file of watch.squeue cannot be read")
        .hasMessageContaining("none.json");
  }
}

package costlake.telemetry.k8s;

import static costlake.telemetry.k8s.Answer.every;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.telemetry.series.Finding;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoursTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final int STEP_S = 300;
  private static final String POD = "namespace=vision,pod=fit-0,node=n1";
  private static final String DEVICE = "Hostname=n1,UUID=GPU-1,modelName=Tesla T4";
  private static final String JOB = "namespace=vision,job_name=fit,";
  private static final int H = 3600;

  @TempDir Path folder;

  @Test
  void sampleThatCrossesAFullHourIsSplit() {
    write("pod-usage-cpu-cores", POD, "3480:2", "3780:4");

    List<WorkloadHour> hours = hours().workloads();

    assertThat(hours).extracting(WorkloadHour::hour).containsExactly(0, 1);
    assertThat(hours)
        .extracting(WorkloadHour::cpuUsedCoreS)
        .containsExactly(seconds("240"), seconds("1560"));
  }

  @Test
  void oneMissingSampleIsFilledAndALongerGapIsUnknown() {
    write("pod-usage-cpu-cores", POD, "0:1", "300:1", "900:1", "1200:1", "2700:1", "3000:1");

    WorkloadHour hour = hours().workloads().get(0);

    assertThat(hour.cpuUsedCoreS()).isEqualTo(seconds("2100"));
    assertThat(hour.coverage()).isEqualTo(new BigDecimal("0.636363636"));
  }

  @Test
  void hourWithinAGapHasNoRow() {
    write("pod-usage-cpu-cores", POD, "0:1", Integer.toString(2 * H) + ":1");

    List<WorkloadHour> hours = hours().workloads();

    assertThat(hours).extracting(WorkloadHour::hour).containsExactly(0, 2);
    assertThat(hours.get(0).coverage()).isEqualTo(new BigDecimal("0.083333333"));
  }

  @Test
  void counterThatFellWasResetToZero() {
    write(
        "container_cpu_usage_seconds_total",
        POD + ",container=main",
        "0:1000",
        "300:1100",
        "600:40",
        "900:90");

    assertThat(hours().workloads().get(0).cpuUsedCoreS()).isEqualTo(seconds("190"));
  }

  @Test
  void counterAcrossALongGapIsUnknown() {
    write("container_cpu_usage_seconds_total", POD + ",container=main", "0:0", "300:7", "1800:99");

    assertThat(hours().workloads().get(0).cpuUsedCoreS()).isEqualTo(seconds("7"));
  }

  @Test
  void containersOfAPodAreAddedUp() {
    new Answer()
        .series(DAY, POD + ",container=main", "0:0", "300:30")
        .series(DAY, POD + ",container=sidecar", "0:5", "300:6.5")
        .write(folder.resolve("container_cpu_usage_seconds_total.json"));

    assertThat(hours().workloads().get(0).cpuUsedCoreS()).isEqualTo(seconds("31.5"));
  }

  @Test
  void lateAndDuplicateSamplesCountOnce() {
    new Answer()
        .series(DAY, POD + ",instance=a", "600:1", "0:1", "300:1", "300:1")
        .series(DAY, POD + ",instance=b", "300:1", "900:1")
        .write(folder.resolve("pod-usage-cpu-cores.json"));

    assertThat(hours().workloads().get(0).cpuUsedCoreS()).isEqualTo(seconds("1200"));
  }

  @Test
  void labelsThatWereValidLongestCountAndTheChangeIsReported() {
    write("pod-usage-cpu-cores", POD, every(300, 0, H, "1"));
    new Answer()
        .series(DAY, "namespace=vision,pod=fit-0,label_team=vision", every(300, 0, 2400, "1"))
        .series(DAY, "namespace=vision,pod=fit-0,label_team=search", every(300, 2400, H, "1"))
        .write(folder.resolve("pod-labels.json"));

    HoursOfDay hours = hours();

    assertThat(hours.workloads())
        .extracting(WorkloadHour::labels)
        .containsExactly(Map.of("team", "vision"));
    assertThat(hours.findings())
        .containsExactly(
            new Finding(
                0,
                "vision/fit-0",
                "labels changed within the hour; the labels that were valid longest count",
                null,
                null));
  }

  @Test
  void aPodBelongsToTheControllerOfItsJob() {
    write("pod-usage-cpu-cores", POD, every(300, 0, H, "1"));
    write("pod-owner", "namespace=vision,pod=fit-0,owner_kind=Job,owner_name=fit", "0:1", "300:1");
    assertThat(hours().workloads().get(0).owner()).isEqualTo(new WorkloadHour.Owner("Job", "fit"));

    write("job-owner", JOB + "owner_kind=JobSet,owner_name=night", "0:1", "300:1");
    assertThat(hours().workloads().get(0).owner())
        .isEqualTo(new WorkloadHour.Owner("JobSet", "night"));
  }

  @Test
  void theJobsOfACronJobDoNotBelongTogether() {
    write("pod-usage-cpu-cores", POD, every(300, 0, H, "1"));
    write("pod-owner", "namespace=vision,pod=fit-0,owner_kind=Job,owner_name=fit", "0:1", "300:1");
    write("job-owner", JOB + "owner_kind=CronJob,owner_name=nightly", "0:1", "300:1");
    assertThat(hours().workloads().get(0).owner()).isEqualTo(new WorkloadHour.Owner("Job", "fit"));
  }

  @Test
  void aPodWasThereFromItsFirstToItsLastSample() {
    write("pod-usage-cpu-cores", POD, "600:1", "900:1", "3000:1", "3300:1", "3600:1");

    List<WorkloadHour> hours = hours().workloads();

    long start = DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    assertThat(hours)
        .extracting(WorkloadHour::seen)
        .containsExactly(
            new WorkloadHour.Seen(seconds("1200"), start + 600_000, start + 3_600_000),
            new WorkloadHour.Seen(seconds("300"), start + 3_600_000, start + 3_900_000));
  }

  @Test
  void missingSeriesAreUnknownAndNotZero() {
    write("pod-request-cpu-cores", POD, every(300, 0, H, "2"));

    WorkloadHour hour = hours().workloads().get(0);

    assertThat(hour.cpuRequestedCoreS()).isEqualTo(seconds("7200"));
    assertThat(hour.cpuUsedCoreS()).isNull();
    assertThat(hour.memoryUsedByteS()).isNull();
    assertThat(hour.acceleratorAllocatedS()).isNull();
    assertThat(hour.coverage()).isEqualTo(new BigDecimal("0.000000000"));
  }

  @Test
  void usageAboveTheCapacityOfTheNodeIsLimitedAndReported() {
    write("node-capacity-cpu-cores", "node=n1,provider_id=aws:///a/i-1", every(300, 0, H, "8"));
    write("pod-usage-cpu-cores", POD, every(300, 0, H, "10"));

    HoursOfDay hours = hours();

    assertThat(hours.workloads().get(0).cpuUsedCoreS()).isEqualTo(seconds("28800"));
    assertThat(hours.findings())
        .containsExactly(
            new Finding(
                0,
                "vision/fit-0/n1",
                "cpu used above the capacity of the node",
                seconds("36000"),
                seconds("28800")));
  }

  @Test
  void provisionedAllocatedAndActiveTimesAreSeparate() {
    write("DCGM_FI_DEV_FB_USED", DEVICE, every(300, 0, H, "1024"));
    write("DCGM_FI_PROF_GR_ENGINE_ACTIVE", DEVICE, every(300, 0, H, "0.25"));
    write("nvidia-gpu-pod-uptime", heldBy("fit-0"), every(300, 600, 1800, "1"));

    HoursOfDay hours = hours();
    AcceleratorHour device = hours.accelerators().get(0);

    assertThat(device.provisionedS()).isEqualTo(seconds("3600"));
    assertThat(device.allocatedS()).isEqualTo(seconds("1200"));
    assertThat(device.activeS()).isEqualTo(seconds("900"));
    assertThat(device.memoryUsedByteS()).isEqualTo(seconds("3865470566400"));
    assertThat(device.coverage()).isEqualTo(new BigDecimal("1.000000000"));
    WorkloadHour pod = hours.workloads().get(0);
    assertThat(pod.acceleratorAllocatedS()).isEqualTo(seconds("1200"));
    assertThat(pod.acceleratorActiveS()).isEqualTo(seconds("300"));
  }

  @Test
  void podsThatShareADeviceTogetherHoldAtMostOneDevice() {
    new Answer()
        .series(DAY, heldBy("a"), every(300, 0, H, "1"))
        .series(DAY, heldBy("b"), every(300, 0, H, "1"))
        .series(DAY, heldBy("c"), every(300, 0, 100, "1"))
        .write(folder.resolve("nvidia-gpu-pod-uptime.json"));

    List<WorkloadHour> pods = hours().workloads();

    assertThat(pods)
        .extracting(WorkloadHour::acceleratorAllocatedS)
        .containsExactly(seconds("1750"), seconds("1750"), seconds("100"));
    assertThat(hours().accelerators().get(0).allocatedS()).isEqualTo(seconds("3600"));
  }

  @Test
  void cpuOfAPodWithTwoModelsCountsOnce() {
    write("pod-usage-cpu-cores", POD, every(300, 0, H, "1"));

    List<WorkloadHour> rows = hoursOfAPodThatHoldsTwoModels();

    assertThat(rows)
        .extracting(WorkloadHour::cpuUsedCoreS)
        .containsExactly(seconds("3600"), seconds("0"));
  }

  @Test
  void acceleratorRequestOfAPodWithTwoModelsCountsOnce() {
    write("pod-request-accelerators", POD, every(300, 0, H, "3"));

    List<WorkloadHour> rows = hoursOfAPodThatHoldsTwoModels();

    assertThat(rows)
        .extracting(WorkloadHour::acceleratorRequestedS)
        .containsExactly(seconds("7200"), seconds("3600"));
  }

  @Test
  void energyCounterMayBeResetWithinTheHour() {
    write(
        "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
        DEVICE,
        "0:900000000000",
        "300:900360000000",
        "600:180000000",
        "900:540000000");

    assertThat(hours().accelerators().get(0).energyKwh()).isEqualTo(seconds("0.25"));
  }

  @Test
  void counterIncreaseThatCrossesAFullHourIsSplitInProportion() {
    write("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", DEVICE, "3500:0", "3800:3600000000");

    assertThat(hours().accelerators())
        .extracting(AcceleratorHour::energyKwh)
        .containsExactly(seconds("0.333333333"), seconds("0.666666667"));
  }

  @Test
  void partitionedDeviceHasRowsForItsSlicesOnly() {
    new Answer()
        .series(DAY, DEVICE, every(300, 0, H, "5"))
        .series(DAY, DEVICE + ",GPU_I_ID=1,GPU_I_PROFILE=3g.20gb", every(300, 0, H, "5"))
        .series(DAY, DEVICE + ",GPU_I_ID=2,GPU_I_PROFILE=1g.5gb", every(300, 0, H, "5"))
        .write(folder.resolve("DCGM_FI_DEV_FB_USED.json"));
    write("node-capacity-cpu-cores", "node=n1", every(300, 0, H, "8"));

    HoursOfDay hours = hours();

    assertThat(hours.accelerators())
        .extracting(AcceleratorHour::id, AcceleratorHour::slices)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("GPU-1/1", new BigDecimal("3")),
            org.assertj.core.groups.Tuple.tuple("GPU-1/2", new BigDecimal("1")));
    assertThat(hours.nodes().get(0).acceleratorCapacityS()).isEqualTo(seconds("3600"));
  }

  @Test
  void valuesThatTheExporterDoesNotSupportAreUnknown() {
    write("DCGM_FI_DEV_FB_USED", DEVICE, every(300, 0, H, "9223372036854775794"));
    write("DCGM_FI_DEV_GPU_UTIL", DEVICE, "0:50", "300:NaN", "600:50");

    AcceleratorHour device = hours().accelerators().get(0);

    assertThat(device.memoryUsedByteS()).isNull();
    assertThat(device.activeS()).isEqualTo(seconds("450"));
  }

  @Test
  void negativeSamplesAreLeftOutAndReported() {
    write("pod-usage-cpu-cores", POD, "0:1", "300:-5", "600:1");

    HoursOfDay hours = hours();

    assertThat(hours.workloads().get(0).cpuUsedCoreS()).isEqualTo(seconds("900"));
    assertThat(hours.findings())
        .containsExactly(
            new Finding(
                null,
                "pod-usage-cpu-cores",
                "samples below zero were left out",
                BigDecimal.ONE,
                null));
  }

  @Test
  void nodeWithoutAcceleratorsHasZeroIfTheyWereQueried() {
    write("node-capacity-cpu-cores", "node=n1", every(300, 0, H, "8"));
    assertThat(hours().nodes().get(0).acceleratorCapacityS()).isNull();

    new Answer().write(folder.resolve("node-capacity-accelerators.json"));
    assertThat(hours().nodes().get(0).acceleratorCapacityS()).isEqualTo(seconds("0"));
  }

  private static String heldBy(String pod) {
    return DEVICE + ",exported_namespace=vision,exported_pod=" + pod;
  }

  private List<WorkloadHour> hoursOfAPodThatHoldsTwoModels() {
    new Answer()
        .series(DAY, heldBy("fit-0"), every(300, 0, H, "1"))
        .series(
            DAY,
            "Hostname=n1,UUID=GPU-2,modelName=NVIDIA L4,exported_namespace=vision,exported_pod=fit-0",
            every(300, 0, H, "1"))
        .write(folder.resolve("nvidia-gpu-pod-uptime.json"));

    List<WorkloadHour> rows = hours().workloads();

    assertThat(rows).extracting(WorkloadHour::model).containsExactly("NVIDIA L4", "Tesla T4");
    assertThat(rows)
        .extracting(WorkloadHour::acceleratorAllocatedS)
        .containsExactly(seconds("3600"), seconds("3600"));
    return rows;
  }

  private void write(String metric, String labels, String... samples) {
    new Answer().series(DAY, labels, samples).write(folder.resolve(metric + ".json"));
  }

  private HoursOfDay hours() {
    return Answer.hours(DAY, STEP_S, folder);
  }

  private static BigDecimal seconds(String text) {
    return new BigDecimal(text).setScale(9);
  }
}

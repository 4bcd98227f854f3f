package costlake.telemetry.k8s;

import static costlake.telemetry.k8s.Answer.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import costlake.core.Failure;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices of several makers, as the lists of devices describe them. */
class DeviceProfilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final int STEP_S = 300;
  private static final int H = 3600;
  private static final String PROFILES =
      "profile,node,device,slice,model,slice_profile,slices,select,exporter,node_label,resource,"
          + "slice_resource,checked_with,source\n"
          + "mine,host,serial,,name,,,,,,example_com_chip,,documentation,\n";
  private static final String METRICS = "profile,measure,file,series,factor,unit\n";

  @TempDir Path folder;

  @Test
  void devicesOfAmdHaveHoursInBaseUnits() {
    String device = "hostname=n1,serial_number=692,card_series=AMD Instinct MI300X OAM";
    write("gpu_gfx_activity", device, every(STEP_S, 0, H, "25"));
    write("gpu_used_vram", device, every(STEP_S, 0, H, "2"));
    write("gpu_energy_consumed", device, "0:0", "300:3600000000000");
    write(
        "amd-gpu-pod-uptime",
        device + ",exported_namespace=vision,exported_pod=fit-0",
        every(STEP_S, 0, 1800, "1"));

    HoursOfDay hours = Answer.hours(DAY, STEP_S, folder);

    AcceleratorHour hour = only(hours.accelerators());
    assertThat(hour.node() + " " + hour.id() + " " + hour.model())
        .isEqualTo("n1 692 AMD Instinct MI300X OAM");
    assertThat(hour.allocatedS()).isEqualByComparingTo("1800");
    assertThat(hour.activeS()).isEqualByComparingTo("900");
    assertThat(hour.memoryUsedByteS()).isEqualByComparingTo("7549747200");
    assertThat(hour.energyKwh()).isEqualByComparingTo("1");
    WorkloadHour pod = only(hours.workloads());
    assertThat(pod.pod() + " " + pod.model()).isEqualTo("fit-0 AMD Instinct MI300X OAM");
    assertThat(pod.acceleratorAllocatedS()).isEqualByComparingTo("1800");
    assertThat(pod.acceleratorActiveS()).isEqualByComparingTo("450");
  }

  @Test
  void coresOfANeuronDeviceAreSlicesOfOne() {
    String instance = "node=n1,instance_id=i-0abc,instance_type=trn1.2xlarge";
    new Answer()
        .series(DAY, instance + ",neuroncore=0", every(STEP_S, 0, H, "0.5"))
        .series(DAY, instance + ",neuroncore=1", every(STEP_S, 0, H, "0"))
        .write(folder.resolve("neuroncore_utilization_ratio.json"));

    List<AcceleratorHour> hours = Answer.hours(DAY, STEP_S, folder).accelerators();

    assertThat(hours).extracting(AcceleratorHour::id).containsExactly("i-0abc/0", "i-0abc/1");
    assertThat(hours).extracting(AcceleratorHour::slices).containsOnly(BigDecimal.ONE);
    assertThat(hours.get(0).activeS()).isEqualByComparingTo("1800");
    assertThat(hours.get(0).allocatedS()).as("no metric says who holds a core").isNull();
  }

  @Test
  void chipsOfATpuAreHeldByThePodThatTheExporterNames() {
    String chip = "node=n1,accelerator_id=123-0,model=tpu-v6e-slice";
    write("duty_cycle_node", chip, every(STEP_S, 0, H, "50"));
    write("memory_used_node", chip, every(STEP_S, 0, H, "1000"));
    write(
        "tpu-pod-uptime",
        chip + ",exported_namespace=search,exported_pod=rank-0",
        every(STEP_S, 0, H, "1"));

    HoursOfDay hours = Answer.hours(DAY, STEP_S, folder);

    AcceleratorHour hour = only(hours.accelerators());
    assertThat(hour.model()).isEqualTo("tpu-v6e-slice");
    assertThat(hour.activeS()).isEqualByComparingTo("1800");
    assertThat(hour.memoryUsedByteS()).isEqualByComparingTo("3600000");
    assertThat(only(hours.workloads()).acceleratorActiveS()).isEqualByComparingTo("1800");
  }

  @Test
  void aDeviceWithoutANodeIsLeftOutAndNamed() {
    String chip = "accelerator_id=123-0,model=tpu-v6e-slice";
    write("duty_cycle_node", chip, every(STEP_S, 0, H, "50"));
    write(
        "tpu-pod-uptime",
        chip + ",exported_namespace=search,exported_pod=rank-0",
        every(STEP_S, 0, H, "1"));

    HoursOfDay hours = Answer.hours(DAY, STEP_S, folder);

    assertThat(hours.accelerators()).isEmpty();
    assertThat(hours.workloads()).isEmpty();
    assertThat(only(hours.findings()).toString())
        .contains("123-0", "device without a node was left out; its series need the label node");
  }

  @Test
  void whoHoldsADeviceIsUnknownIfOnlyAnotherMakersHoldersWereQueried() {
    write("duty_cycle_node", "node=n1,accelerator_id=123-0", every(STEP_S, 0, H, "50"));
    new Answer().write(folder.resolve("nvidia-gpu-pod-uptime.json"));
    write(
        "pod-request-accelerators",
        "namespace=search,pod=rank-0,node=n1,resource=google_com_tpu",
        every(STEP_S, 0, H, "1"));
    write("pod-usage-cpu-cores", "namespace=search,pod=web-0,node=n1", every(STEP_S, 0, H, "1"));

    HoursOfDay hours = Answer.hours(DAY, STEP_S, folder);

    assertThat(only(hours.accelerators()).allocatedS()).isNull();
    assertThat(hours.workloads())
        .extracting(WorkloadHour::pod, WorkloadHour::acceleratorAllocatedS)
        .containsExactly(tuple("rank-0", null), tuple("web-0", new BigDecimal("0.000000000")));
  }

  @Test
  void aProfileMakesItsQueries() {
    DeviceProfiles lists =
        DeviceProfiles.read(
            PROFILES.replace(
                "mine,host,serial,,name,,,,", "mine,host,serial,,name,,,x=\"1\",.*exp.*"),
            METRICS
                + "mine,memory_used,chip_memory,chip_memory,1024,KiB\nmine,held,chip-uptime,chip_memory,1,1\n");

    assertThat(lists.metrics().get(0).query(STEP_S))
        .contains("max by (host, serial, name) (chip_memory{serial!=\"\", x=\"1\"})");
    assertThat(lists.metrics().get(1).query(STEP_S))
        .hasValueSatisfying(
            query ->
                assertThat(query)
                    .startsWith(
                        "max by (host, serial, name, exported_namespace, exported_pod) (chip_memory{serial!=\"\","
                            + " x=\"1\", exported_pod!=\"\"} >= bool 0) or max by (")
                    .contains("exported_pod=\"\", pod!=\"\", container!~\".*exp.*\"} >= bool 0"));
    assertThat(lists.profiles().get(0).factor(DeviceMeasure.MEMORY_USED))
        .isEqualByComparingTo("1024");
  }

  @Test
  void aWrongEntryIsNamedWithItsLine() {
    refuses(METRICS + "other,held,f,s,1,1\n", "device_metrics.csv, line 2", "has no such profile");
    refuses(METRICS + "mine,temperature,f,s,1,C\n", "measure cannot be 'temperature'");
    refuses(METRICS + "mine,energy,f,s,one,J\n", "the factor is not a number");
    refuses(
        METRICS + "mine,energy,f,s,1,J\nmine,energy,g,s,1000,kJ\n",
        "line 3",
        "another factor in a line above");
    assertThatThrownBy(
            () -> DeviceProfiles.read(PROFILES + PROFILES.lines().toList().get(1) + "\n", METRICS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("device_profiles.csv, line 3")
        .hasMessageContaining("'mine' is listed twice");
  }

  private static void refuses(String metrics, String... why) {
    assertThatThrownBy(() -> DeviceProfiles.read(PROFILES, metrics))
        .isInstanceOf(Failure.class)
        .message()
        .contains(why);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  private void write(String metric, String labels, String... samples) {
    new Answer().series(DAY, labels, samples).write(folder.resolve(metric + ".json"));
  }
}

package costlake.telemetry.k8s;

import costlake.telemetry.series.Finding;
import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.MeasurementFindings;
import java.util.List;

/** The hours of all nodes, accelerators and workloads of one cluster on one day, with findings. */
record HoursOfDay(
    List<NodeHour> nodes,
    List<AcceleratorHour> accelerators,
    List<WorkloadHour> workloads,
    List<Finding> findings) {

  static HoursOfDay of(MeasuredDay day) {
    MeasurementFindings findings = new MeasurementFindings(day.start());
    List<Device> devices = Device.of(day, findings);
    List<NodeHour> nodes = NodeHour.of(day, devices);
    List<AcceleratorHour> accelerators = AcceleratorHour.of(day, devices);
    List<WorkloadHour> workloads = Workloads.of(day, devices, nodes, findings);
    findings.addNegatives(day.own().negatives());
    return new HoursOfDay(nodes, accelerators, workloads, findings.sorted());
  }
}

package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ids of a machine in Kubernetes and in bills give the same key. */
class NodeKeyTest {
  private static final String SET =
      "/subscriptions/s/resourcegroups/mc_g/providers/microsoft.compute/virtualmachinescalesets/gpu";
  private static final String GOOGLE =
      "//compute.googleapis.com/projects/vision/zones/us-central1-a/instances/gke-gpu-1";

  @ParameterizedTest
  @CsvSource({
    "aws:///us-east-1a/i-0abc, i-0abc",
    "azure:///subscriptions/S/resourceGroups/MC_g/providers/Microsoft.Compute/virtualMachineScaleSets/gpu/virtualMachines/3,"
        + SET,
    "azure:///subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/VM-1,"
        + " /subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachines/vm-1",
    "gce://vision/us-central1-a/gke-gpu-1," + GOOGLE,
    "gce://example.com:vision/us-central1-a/gke-gpu-1,"
        + " //compute.googleapis.com/projects/example.com:vision/zones/us-central1-a/instances/gke-gpu-1",
    "openstack:///0d6c-11, 0d6c-11",
    "ocid1.instance.oc1.iad.Abc, ocid1.instance.oc1.iad.Abc",
    "i-0abc, i-0abc",
  })
  void readsTheProviderIdOfANode(String providerId, String key) {
    assertThat(NodeKey.ofMachine(providerId)).contains(key);
  }

  @Test
  void hasNoKeyWithoutAnId() {
    assertThat(NodeKey.ofMachine("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "i-0abc, i-0abc",
    "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc, i-0abc",
    "arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-0abc, i-0abc",
    "/subscriptions/S/resourceGroups/mc_G/providers/Microsoft.Compute/virtualMachineScaleSets/GPU,"
        + SET,
    "/SUBSCRIPTIONS/S/RESOURCEGROUPS/MC_G/PROVIDERS/MICROSOFT.COMPUTE/VIRTUALMACHINESCALESETS/GPU/VIRTUALMACHINES/11,"
        + SET,
    "subscriptions/s/resourceGroups/mc_g/providers/Microsoft.Compute/virtualMachineScaleSets/gpu/,"
        + SET,
    "//compute.googleapis.com/projects/vision/zones/us-central1-a/instances/gke-gpu-1," + GOOGLE,
    "projects/vision/zones/us-central1-a/instances/gke-gpu-1," + GOOGLE,
    "https://www.googleapis.com/compute/v1/projects/vision/zones/us-central1-a/instances/gke-gpu-1,"
        + GOOGLE,
    "ocid1.instance.oc1.iad.Abc, ocid1.instance.oc1.iad.Abc",
  })
  void readsTheResourceIdOfACharge(String resourceId, String key) {
    assertThat(NodeKey.ofCharge(resourceId, "", "", "", "")).contains(key);
  }

  @ParameterizedTest
  @CsvSource({
    "gke-gpu-1, '', vision, us-central1-a",
    "gke-gpu-1, '', projects/vision, projects/vision/zones/us-central1-a",
    "4711, gke-gpu-1, vision, us-central1-a",
    "//compute.googleapis.com/projects/vision/zones/us-central1-a/instances/4711, gke-gpu-1, '', ''",
    "//compute.googleapis.com/projects/99/zones/us-central1-a/instance/4711, gke-gpu-1, vision, ''",
  })
  void completesAGoogleIdFromTheOtherColumns(
      String resourceId, String name, String account, String zone) {
    assertThat(NodeKey.ofCharge(resourceId, name, "Google Cloud", account, zone)).contains(GOOGLE);
  }

  @ParameterizedTest
  @CsvSource({
    "gke-gpu-1, '', '', us-central1-a",
    "gke-gpu-1, '', vision, ''",
    "4711, '', vision, us-central1-a",
    "4711, 4711, vision, us-central1-a",
    "gke-gpu-1, '', 99, us-central1-a",
    "//compute.googleapis.com/projects/99/zones/us-central1-a/instances/gke-gpu-1, '', '', ''",
  })
  void hasNoKeyForAGoogleIdThatDoesNotIdentifyAMachine(
      String resourceId, String name, String account, String zone) {
    assertThat(NodeKey.ofCharge(resourceId, name, "Google Cloud", account, zone)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::bucket/i-0abc, i-0abc",
    "arn:aws:eks:us-east-1:1:cluster/i-0abc, i-0abc",
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/gpu," + SET,
    "projects/other/zones/us-central1-a/instances/gke-gpu-1," + GOOGLE,
    "projects/vision/zones/us-central1-a/disks/gke-gpu-1," + GOOGLE,
  })
  void distinguishesOtherResourcesFromAMachineOfTheSameName(String resourceId, String key) {
    assertThat(NodeKey.ofCharge(resourceId, "", "", "vision", "us-central1-a").orElse(""))
        .isNotEqualTo(key);
  }
}

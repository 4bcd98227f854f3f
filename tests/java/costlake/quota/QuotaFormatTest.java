package costlake.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.Sha256;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes quotas as Kueue, Slurm, Open Policy Agent and other programs read them. */
class QuotaFormatTest {
  private static final LocalDate DAY = LocalDate.parse("2026-09-14");

  @TempDir private Path home;

  private QuotaExport export(QuotaExport.Format format, String quotas) throws IOException {
    return export(format, quotas, Map.of());
  }

  private QuotaExport export(QuotaExport.Format format, String quotas, Map<String, QuotaUse> uses)
      throws IOException {
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: search}
        teams:
          - {id: search, name: 'Search"; $(reboot)'}
          - {id: vision_lab, name: Vision}
          - {id: vision-lab, name: Other}
        """);
    Files.writeString(home.resolve("quotas.yml"), quotas);
    return QuotaExport.of(Config.load(home, null, Map.of()), format, DAY, uses);
  }

  private void accelerators(String rows) throws IOException {
    Files.createDirectories(home.resolve("reference"));
    Files.writeString(
        home.resolve("reference/accelerators.csv"),
        "alias,accelerator_model,vendor,memory_mib,max_slices\n" + rows);
  }

  @Test
  void aTeamIsAClusterQueueWithAFlavorForEachModel() throws IOException {
    QuotaExport export =
        export(
            QuotaExport.Format.KUEUE,
            """
            quotas:
              - {id: h100, scope: {team: search, accelerator_model: H100 80GB}, limit: {held: 64, borrowing: 16, lending: 8}}
              - {id: a100, scope: {team: search, accelerator_model: A100 40GB}, limit: {held: 8}}
              - {id: amd, scope: {team: search, accelerator_model: Instinct MI300X}, limit: {held: 4}}
              - {id: vision, scope: {team: vision_lab}, limit: {held: 0}}
            accelerator_names: {kueue: {A100 40GB: ampere}}
            """);
    assertThat(export.text())
        .isEqualTo(
            """
            ---
            apiVersion: kueue.x-k8s.io/v1beta2
            kind: ClusterQueue
            metadata:
              name: search
            spec:
              cohortName: costlake
              namespaceSelector: {}
              resourceGroups:
              - coveredResources:
                - amd.com/gpu
                flavors:
                - name: instinct-mi300x
                  resources:
                  - name: amd.com/gpu
                    nominalQuota: "4"
                    borrowingLimit: "0"
                    lendingLimit: "0"
              - coveredResources:
                - nvidia.com/gpu
                flavors:
                - name: ampere
                  resources:
                  - name: nvidia.com/gpu
                    nominalQuota: "8"
                    borrowingLimit: "0"
                    lendingLimit: "0"
                - name: h100-80gb
                  resources:
                  - name: nvidia.com/gpu
                    nominalQuota: "64"
                    borrowingLimit: "16"
                    lendingLimit: "8"
            ---
            apiVersion: kueue.x-k8s.io/v1beta2
            kind: ClusterQueue
            metadata:
              name: vision-lab
            spec:
              namespaceSelector: {}
              resourceGroups:
              - coveredResources:
                - nvidia.com/gpu
                flavors:
                - name: accelerators
                  resources:
                  - name: nvidia.com/gpu
                    nominalQuota: "0"
            """);
    assertThat(export.leftOut())
        .containsExactly(
            "Kueue gets quota 'vision' (team vision_lab) for nvidia.com/gpu alone: no accelerator"
                + " model is named.");
  }

  @Test
  void namesWhatKueueCannotExpress() throws IOException {
    accelerators("Chip,Chip 1,Acme,1,1\n");
    QuotaExport export =
        export(
            QuotaExport.Format.KUEUE,
            """
            quotas:
              - {id: all, scope: {team: search}, limit: {held: 64}}
              - {id: chip, scope: {team: search, accelerator_model: Chip 1}, limit: {held: 64}}
              - {id: hours, scope: {team: search}, period: month, limit: {hours: 5}}
              - {id: later, scope: {team: vision_lab}, versions: [{from: 2026-09-15, held: 5}]}
              - {id: money, scope: {team: search}, period: month, limit: {money: 5}, currency: USD}
            """);
    assertThat(export.text()).isEmpty();
    assertThat(export.leftOut())
        .containsExactly(
            "Left out of Kueue: quota 'hours' (team search): it knows what is held at one time, and"
                + " neither hours nor money.",
            "Left out of Kueue: quota 'money' (team search): it knows what is held at one time, and"
                + " neither hours nor money.",
            "Left out of Kueue: quota 'all' (team search): it limits each accelerator model of a team"
                + " alone, or all together.",
            "Left out of Kueue: quota 'chip' (team search, Chip 1): the resource of vendor 'Acme' is"
                + " not known.",
            "Left out: quota 'later' is not in force on 2026-09-14.");
  }

  @Test
  void anAccountHasWhatIsHeldAndItsQosTheHours() throws IOException {
    QuotaExport export =
        export(
            QuotaExport.Format.SLURM,
            """
            quotas:
              - {id: h100, scope: {team: search, accelerator_model: H100 80GB}, limit: {held: 64, borrowing: 16}}
              - {id: all, scope: {team: search}, limit: {held: 70}}
              - {id: month, scope: {team: search}, period: month, limit: {hours: 100.51}}
              - {id: month-h100, scope: {team: search, accelerator_model: H100 80GB}, period: month, limit: {hours: 50}}
              - {id: quarter, scope: {team: search}, period: quarter, limit: {hours: 200}}
              - {id: days, scope: {team: search}, period: {days: 30}, limit: {hours: 200}}
              - {id: money, scope: {team: search}, period: month, limit: {money: 5}, currency: USD}
              - {id: tpu, scope: {team: search, accelerator_model: TPU v5e}, limit: {held: 1}}
              - {id: vision, scope: {team: vision_lab}, period: quarter, limit: {hours: 1}}
            accelerator_names: {slurm: {H100 80GB: nvidia_h100}}
            """);
    assertThat(export.text())
        .isEqualTo(
            """
            #!/bin/sh
            # Quotas in force on 2026-09-14. Stops at the first line that Slurm refuses.
            set -e

            # search: held at one time
            sacctmgr -i modify account where name=search set GrpTRES=gres/gpu:nvidia_h100=64,gres/gpu=70

            # search: hours of a month, which NoDecay keeps until they are reset. Begin each month with:
            #   sacctmgr -i modify qos where name=costlake-search set RawUsage=0
            sacctmgr -n list qos where name=costlake-search format=name | grep -q . || sacctmgr -i add qos name=costlake-search
            sacctmgr -i modify qos where name=costlake-search set Flags+=NoDecay GrpTRESMins=gres/gpu:nvidia_h100=3000,gres/gpu=6030
            sacctmgr -i modify account where name=search set QOS+=costlake-search DefaultQOS=costlake-search

            # vision_lab: hours of a quarter, which NoDecay keeps until they are reset. Begin each quarter with:
            #   sacctmgr -i modify qos where name=costlake-vision_lab set RawUsage=0
            sacctmgr -n list qos where name=costlake-vision_lab format=name | grep -q . || sacctmgr -i add qos name=costlake-vision_lab
            sacctmgr -i modify qos where name=costlake-vision_lab set Flags+=NoDecay GrpTRESMins=gres/gpu=60
            sacctmgr -i modify account where name=vision_lab set QOS+=costlake-vision_lab DefaultQOS=costlake-vision_lab
            """);
    assertThat(export.leftOut())
        .containsExactly(
            "Left out of Slurm: quota 'days' (team search): it cannot count the last days, only all"
                + " usage since a reset.",
            "Left out of Slurm: quota 'money' (team search): it knows no money.",
            "Left out of Slurm: quota 'tpu' (team search, TPU v5e): gres/gpu does not count"
                + " accelerators of Google.",
            "Slurm gets quota 'h100' (team search, H100 80GB) without borrowing and lending.",
            "Left out of Slurm: quota 'quarter' (team search): a job counts in one QOS, which counts"
                + " by month.");
  }

  /** A model may be named by anybody who can edit a reference list. */
  @Test
  void aNameOfAModelNeverBecomesACommand() throws IOException {
    accelerators("Evil,\"X1 $(reboot); rm -rf / #'\n\",NVIDIA,1,1\n");
    String quotas =
        "quotas: [{id: q, scope: {team: search, accelerator_model: \"X1 $(reboot); rm -rf / #'\\n\"}, limit: {held: 1}}]";
    assertThat(export(QuotaExport.Format.SLURM, quotas).text())
        .endsWith("set GrpTRES=gres/gpu:x1-reboot-rm-rf=1\n");
    assertThat(export(QuotaExport.Format.KUEUE, quotas).text()).contains("name: x1-reboot-rm-rf\n");
  }

  @Test
  void twoTeamsOrModelsNeverShareAName() {
    assertThatThrownBy(
            () ->
                export(
                    QuotaExport.Format.KUEUE,
                    """
                    quotas:
                      - {id: a, scope: {team: vision_lab}, limit: {held: 1}}
                      - {id: b, scope: {team: vision-lab}, limit: {held: 1}}
                    """))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'vision-lab' and 'vision_lab' would both be 'vision-lab' in Kueue");
    assertThatThrownBy(
            () ->
                export(
                    QuotaExport.Format.SLURM,
                    """
                    quotas:
                      - {id: a, scope: {team: search, accelerator_model: A100 40GB}, limit: {held: 1}}
                      - {id: b, scope: {team: search, accelerator_model: A100 80GB}, limit: {held: 1}}
                    accelerator_names: {slurm: {A100 40GB: a100, A100 80GB: a100}}
                    """))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'A100 40GB' and 'A100 80GB' would both be 'a100' in Slurm");
  }

  @Test
  void refusesAModelThatNoListHas() {
    assertThatThrownBy(
            () ->
                export(
                    QuotaExport.Format.JSON,
                    "quotas: [{id: a, scope: {team: search, accelerator_model: H100 81GB}, limit: {held: 1}}]"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("quota 'a': no row of reference/accelerators.csv")
        .hasMessageContaining("Did you mean 'H100 80GB'?");
  }

  @Test
  void aBundleHasTheQuotasByIdAndTheDigestOfItsData() throws IOException {
    QuotaExport export =
        export(
            QuotaExport.Format.OPA,
            """
            quotas:
              - {id: money, scope: {team: search}, period: month, limit: {money: 100.50}, currency: USD}
              - {id: held, scope: {team: search}, limit: {held: 8, lending: 2}}
            """,
            Map.of(
                "money",
                new QuotaUse(
                    LocalDate.parse("2026-09-01"),
                    LocalDate.parse("2026-09-30"),
                    new BigDecimal("100.500000000000000000001"),
                    new BigDecimal("-0.000000000000000000001"),
                    true,
                    LocalDate.parse("2026-09-13"))));
    assertThat(export.files().keySet()).containsExactly("data.json", ".manifest");
    JsonNode quotas = new ObjectMapper().readTree(export.text()).at("/costlake/quotas");
    assertThat(quotas.get("as_of").asText()).isEqualTo("2026-09-14");
    assertThat(quotas.at("/by_id/held"))
        .hasToString(
            """
            {"id":"held","team":"search","accelerator_model":null,"measure":"accelerators","currency":null,\
            "period":null,"period_days":null,"limit":8,"borrowing":null,"lending":2,"current":null}""");
    assertThat(export.text())
        .contains(
            "\"limit\" : 100.5,",
            "\"used\" : 100.500000000000000000001,",
            "\"remaining\" : -0.000000000000000000001,",
            "\"is_over\" : true,",
            "\"measured_until\" : \"2026-09-13\"");
    JsonNode manifest = new ObjectMapper().readTree(export.files().get(".manifest"));
    assertThat(manifest.get("revision").asText()).isEqualTo(Sha256.hex(export.text()));
    assertThat(manifest.get("roots")).hasToString("[\"costlake/quotas\"]");
    assertThat(export.leftOut()).isEmpty();
  }

  @Test
  void aListHasTheSameFields() throws IOException {
    QuotaExport export =
        export(
            QuotaExport.Format.JSON,
            "quotas: [{id: d, scope: {team: search, accelerator_model: T4}, period: {days: 7}, limit: {hours: 9}}]");
    assertThat(new ObjectMapper().readTree(export.text()))
        .hasToString(
            """
            {"as_of":"2026-09-14","quotas":[{"id":"d","team":"search","accelerator_model":"T4",\
            "measure":"accelerator_hours","currency":null,"period":"rolling","period_days":7,"limit":9,\
            "borrowing":null,"lending":null,"current":null}]}""");
  }

  @Test
  void writesTheFilesOrSaysWhyItCannot() throws IOException {
    QuotaExport export = export(QuotaExport.Format.OPA, "quotas: []");
    List<Path> files = export.write(home.resolve("bundle"));
    assertThat(files)
        .containsExactly(home.resolve("bundle/data.json"), home.resolve("bundle/.manifest"));
    assertThat(files.get(0)).hasContent(export.text());
    Path file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> export.write(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot write " + file.resolve("data.json"));
  }
}

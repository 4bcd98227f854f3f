package costlake.config;

/**
 * Settings of maintenance: how long snapshots and orphan files are kept, and which files are
 * merged.
 */
public record MaintenanceConfig(
    @Required @Description("Number of days to keep snapshots that no closed month needs.")
        int snapshotsKeepDays,
    @Required @Description("Data files smaller than this size are merged, MiB.") int smallFileMib,
    @Required @Description("Age in days at which a file that belongs to no table is removed.")
        int orphansKeepDays) {
  public MaintenanceConfig {
    if (snapshotsKeepDays < 1 || smallFileMib < 0 || orphansKeepDays < 1) {
      throw new IllegalArgumentException(
          "snapshots_keep_days and orphans_keep_days must be at least 1, small_file_mib at least"
              + " 0");
    }
  }
}

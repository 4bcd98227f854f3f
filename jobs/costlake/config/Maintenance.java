package costlake.config;

/** Settings of maintenance: what is kept and what is removed. */
public record Maintenance(
    @Required @Doc("Days for which unpinned snapshots are kept.") int snapshotsKeepDays,
    @Required @Doc("Data files smaller than this are merged, MiB.") int smallFileMib,
    @Required @Doc("Days before a file that belongs to no table is removed.") int orphansKeepDays) {
  public Maintenance {
    if (snapshotsKeepDays < 1 || smallFileMib < 0 || orphansKeepDays < 1) {
      throw new IllegalArgumentException(
          "snapshots_keep_days and orphans_keep_days must be at least 1, small_file_mib at least"
              + " 0");
    }
  }
}

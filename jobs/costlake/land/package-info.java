/**
 * From what sources deliver to pinned files and the bronze relations over them.
 *
 * <p>{@link costlake.land.Landing} finds deliveries and pins their bytes; {@link
 * costlake.land.Bronze} reads pinned files in place as rows. The rooms below know one kind of
 * delivery each and not one another.
 */
package costlake.land;

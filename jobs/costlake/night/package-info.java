/** One run from sources to a publication. */
package costlake.night;

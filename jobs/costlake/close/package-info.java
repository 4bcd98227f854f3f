/** Closes months: checks gates, freezes figures, numbers statements, and reprints issued ones. */
package costlake.close;

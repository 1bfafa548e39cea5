/*
 * From the National Grid to latitude and longitude. Official postcode files
 * give eastings and northings (OSGB36); distances and maps need WGS84.
 */
#ifndef AREAS_PROJECTION_H
#define AREAS_PROJECTION_H

/* WGS84, in degrees; longitude is negative west of Greenwich. */
struct position {
	double latitude;
	double longitude;
};

/*
 * The position of a point of the National Grid in metres, by the inverse
 * transverse Mercator projection and the single seven-parameter
 * transformation of "A Guide to Coordinate Systems in Great Britain"
 * (Ordnance Survey, sections C and 6.6): within 5 m, as a rule within 3 m.
 */
struct position position_of_grid(double easting, double northing);

/* The straight line between two positions in metres, on a sphere. */
double position_distance(struct position a, struct position b);

#endif

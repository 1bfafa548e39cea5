/* The formulas are those of the Guide; names follow it where it has one. */
#include "areas/projection.h"

#include <math.h>

static const double DEGREE = 0.017453292519943295;

struct ellipsoid {
	double a; /* semi-major axis, metres */
	double b; /* semi-minor axis, metres */
};

static const struct ellipsoid AIRY_1830 = { 6377563.396, 6356256.909 };
static const struct ellipsoid WGS84 = { 6378137.000, 6356752.3142 };

/* The National Grid: scale on the central meridian, true and false origin. */
static const double GRID_SCALE = 0.9996012717;
static const double TRUE_LATITUDE = 49;
static const double TRUE_LONGITUDE = -2;
static const double FALSE_EASTING = 400000;
static const double FALSE_NORTHING = -100000;

/* Earth-centred coordinates in metres. */
struct cartesian {
	double x, y, z;
};

static double
eccentricity_squared(struct ellipsoid e)
{
	return (e.a * e.a - e.b * e.b) / (e.a * e.a);
}

/* The meridian's arc from the true origin to a latitude, in metres. */
static double
meridian_arc(struct ellipsoid e, double latitude)
{
	double n = (e.a - e.b) / (e.a + e.b), n2 = n * n, n3 = n2 * n;
	double origin = TRUE_LATITUDE * DEGREE;
	double minus = latitude - origin, plus = latitude + origin;

	return e.b * GRID_SCALE *
	       ((1 + n + 1.25 * n2 + 1.25 * n3) * minus -
		   (3 * n + 3 * n2 + 2.625 * n3) * sin(minus) * cos(plus) +
		   (1.875 * n2 + 1.875 * n3) * sin(2 * minus) * cos(2 * plus) -
		   35.0 / 24 * n3 * sin(3 * minus) * cos(3 * plus));
}

/* The latitude whose arc is the northing, to a hundredth of a millimetre. */
static double
footpoint_latitude(struct ellipsoid e, double northing)
{
	enum { MOST_STEPS = 20 };
	double latitude = TRUE_LATITUDE * DEGREE, rest;
	int i;

	for (i = 0; i < MOST_STEPS; i++) {
		rest = northing - FALSE_NORTHING - meridian_arc(e, latitude);
		if (fabs(rest) < 0.00001)
			break;
		latitude += rest / (e.a * GRID_SCALE);
	}
	return latitude;
}

/* Radians on the Airy ellipsoid, as a position. */
static struct position
airy_of_grid(double easting, double northing)
{
	struct ellipsoid e = AIRY_1830;
	double e2 = eccentricity_squared(e);
	double latitude = footpoint_latitude(e, northing);
	double s = sin(latitude), t = tan(latitude), t2 = t * t, t4 = t2 * t2;
	double nu = e.a * GRID_SCALE / sqrt(1 - e2 * s * s);
	double rho = nu * (1 - e2) / (1 - e2 * s * s);
	double eta2 = nu / rho - 1;
	double x = (easting - FALSE_EASTING) / nu, x2 = x * x;
	double vii = t * nu / (2 * rho);
	double viii = t * nu / (24 * rho) * (5 + 3 * t2 + eta2 * (1 - 9 * t2));
	double ix = t * nu / (720 * rho) * (61 + 90 * t2 + 45 * t4);
	double xi = nu / rho + 2 * t2;
	double xii = 5 + 28 * t2 + 24 * t4;
	double xiia = 61 + 662 * t2 + 1320 * t4 + 720 * t4 * t2;

	return (struct position) {
		latitude - x2 * (vii - x2 * (viii - x2 * ix)),
		TRUE_LONGITUDE * DEGREE +
		    x / cos(latitude) *
			(1 - x2 * (xi / 6 -
				      x2 * (xii / 120 - x2 * xiia / 5040))),
	};
}

static struct cartesian
cartesian_of(struct ellipsoid e, struct position p)
{
	double s = sin(p.latitude), c = cos(p.latitude);
	double e2 = eccentricity_squared(e);
	double nu = e.a / sqrt(1 - e2 * s * s);

	return (struct cartesian) {
		nu * c * cos(p.longitude),
		nu * c * sin(p.longitude),
		nu * (1 - e2) * s,
	};
}

static struct position
position_of_cartesian(struct ellipsoid e, struct cartesian c)
{
	enum { MOST_STEPS = 10 };
	double e2 = eccentricity_squared(e), p = hypot(c.x, c.y);
	double latitude = atan2(c.z, p * (1 - e2));
	int i;

	for (i = 0; i < MOST_STEPS; i++) {
		double s = sin(latitude);

		latitude = atan2(c.z + e2 * e.a / sqrt(1 - e2 * s * s) * s, p);
	}
	return (struct position) { latitude, atan2(c.y, c.x) };
}

/* OSGB36 to WGS84: the Guide's parameters the other way round. */
static struct cartesian
wgs84_of(struct cartesian c)
{
	static const double second = 4.84813681109536e-06;
	double scale = 1 - 20.4894e-6;
	double rx = 0.1502 * second, ry = 0.2470 * second, rz = 0.8421 * second;

	return (struct cartesian) {
		446.448 + scale * c.x - rz * c.y + ry * c.z,
		-125.157 + rz * c.x + scale * c.y - rx * c.z,
		542.060 - ry * c.x + rx * c.y + scale * c.z,
	};
}

struct position
position_of_grid(double easting, double northing)
{
	struct position p = position_of_cartesian(WGS84,
	    wgs84_of(cartesian_of(AIRY_1830, airy_of_grid(easting, northing))));

	return (struct position) { p.latitude / DEGREE, p.longitude / DEGREE };
}

double
position_distance(struct position a, struct position b)
{
	static const double earth_radius = 6371008.8;
	double north = (b.latitude - a.latitude) * DEGREE;
	double east = (b.longitude - a.longitude) * DEGREE;
	double h = pow(sin(north / 2), 2) + cos(a.latitude * DEGREE) *
	                                        cos(b.latitude * DEGREE) *
	                                        pow(sin(east / 2), 2);

	return 2 * earth_radius * asin(sqrt(h));
}

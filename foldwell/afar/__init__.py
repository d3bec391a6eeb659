"""The same on other machines: workers on a Dask cluster, and stores that files are sent to."""

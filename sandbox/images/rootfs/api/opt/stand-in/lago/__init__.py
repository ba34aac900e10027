"""What the services of Lago's back end have in common."""
